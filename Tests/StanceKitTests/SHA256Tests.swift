import Foundation
import StanceKit
import Testing

@Suite("SHA-256")
struct SHA256Tests {
  /// With the processor's instructions, where it has any; without them it has to be the same.
  private func digest(_ parts: [Data]) -> String {
    var (hash, other) = (SHA256(), SHA256(usesInstructions: false))
    for part in parts {
      hash.update(part)
      other.update(part)
    }
    let digest = hash.hexadecimalDigest()
    #expect(other.hexadecimalDigest() == digest)
    return digest
  }

  /// FIPS 180-4's examples, and what `sha256sum` prints for a million times `a`.
  @Test(
    "published digests",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        String(repeating: "a", count: 1_000_000),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
      ),
    ])
  func publishedDigests(text: String, expected: String) {
    #expect(digest([Data(text.utf8)]) == expected)
  }

  @Test("pieces of any length give the digest of the whole", arguments: [1, 3, 63, 64, 65, 127])
  func pieces(length: Int) {
    let whole = Data((0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    let parts = stride(from: 0, to: whole.count, by: length).map { start in
      whole[start..<min(whole.count, start + length)]
    }
    #expect(digest(parts) == digest([whole]))
  }
}
