#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which library of linear algebra serves this process.
///
/// On Linux the system's alternatives decide which library stands behind `libblas.so.3`. Different
/// libraries may round differently, so a model notes which one trained it.
public enum LinearAlgebraLibrary {
  /// The library's name: OpenBLAS's own description of itself, or the file that was loaded.
  public static let description: String = {
    #if canImport(Accelerate)
      return "Accelerate"
    #else
      useOneThread()
      if let symbol = address(of: "openblas_get_config") {
        typealias GetConfiguration = @convention(c) () -> UnsafePointer<CChar>?
        let configuration = unsafeBitCast(symbol, to: GetConfiguration.self)
        if let text = configuration() { return String(cString: text) }
      }
      return fileOfLoadedLibrary() ?? "BLAS"
    #endif
  }()

  /// Makes the library work on the caller's thread alone, so that its sums do not depend on the
  /// machine; done once, before this module's first call.
  static func useOneThread() { _ = oneThread }

  private static let oneThread: Bool = {
    guard let symbol = address(of: "openblas_set_num_threads") else { return false }
    typealias SetThreads = @convention(c) (Int32) -> Void
    unsafeBitCast(symbol, to: SetThreads.self)(1)
    return true
  }()

  private static func address(of symbol: String) -> UnsafeMutableRawPointer? {
    // A nil name means the program with all of its libraries.
    dlsym(dlopen(nil, RTLD_LAZY), symbol)
  }

  /// The file behind a BLAS function, with links resolved.
  private static func fileOfLoadedLibrary() -> String? {
    // `dladdr` is a GNU extension that Swift's headers leave out; its result is four pointers, the
    // first of which is the file's name.
    guard let function = address(of: "cblas_ddot"), let symbol = address(of: "dladdr")
    else { return nil }
    typealias Find = @convention(c) (UnsafeRawPointer, UnsafeMutableRawPointer) -> Int32
    let find = unsafeBitCast(symbol, to: Find.self)
    var information = [UnsafePointer<CChar>?](repeating: nil, count: 4)
    let found = information.withUnsafeMutableBytes { buffer in
      buffer.baseAddress.map { find(function, $0) } ?? 0
    }
    guard found != 0, let name = information[0] else { return nil }
    guard let resolved = realpath(name, nil) else { return String(cString: name) }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
