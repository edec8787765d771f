import Foundation

/// Whether a path is that of a file that can be read twice; `-` and pipes are not.
func isRegularFile(_ path: String) -> Bool {
  path != "-"
    && (try? FileManager.default.attributesOfItem(
      atPath: URL(filePath: path).resolvingSymlinksInPath().path)[.type] as? FileAttributeType)
      == .typeRegular
}
