import ArgumentParser
import Foundation
import StanceKit

/// Whether a path is that of a file that can be read twice; `-` and pipes are not.
func isRegularFile(_ path: String) -> Bool {
  path != "-" && fileType(path) == S_IFREG
}

/// Whether a path is that of what can be read only once: standard input, a pipe.
func isPipe(_ path: String) -> Bool {
  path == "-" || (fileType(path).map { $0 != S_IFREG && $0 != S_IFDIR } ?? false)
}

/// Whether a file that an option names can be written without losing one that is read, or written too.
///
/// - Parameters:
///   - output: the path.
///   - others: paths of all other files of the command; `-` and those that are not given are none.
///   - option: what an error calls it.
/// - Throws: an error that says that it cannot be written, or which file it would replace, by whatever
///   path or link.
func requireOther(_ output: String, than others: [String?], option: String) throws {
  try AtomicFile.checkTarget(output)
  // Devices and pipes hold nothing to lose.
  if let type = fileType(output), type != S_IFREG { return }
  let other = others.compactMap(\.self).first { $0 != "-" && resolved($0) == resolved(output) }
  guard let other else { return }
  throw ValidationError(
    "\(option): found \(oneLine(output)), which would replace \(oneLine(other)), a file of this command "
      + "already; give another path")
}

/// The bits of the mode that tell what it is, links followed; `nil` where there is no file.
private func fileType(_ path: String) -> mode_t? {
  var information = stat()
  guard stat(path, &information) == 0 else { return nil }
  return information.st_mode & S_IFMT
}

private func resolved(_ path: String) -> String {
  URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().path
}
