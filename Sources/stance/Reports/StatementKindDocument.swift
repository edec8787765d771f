import StanceKit

extension StatementKind {
  /// As JSON: the column, and its values.
  var object: JSONObjectWriter {
    var object = JSONObjectWriter()
    object.set("column", column)
    object.set("values", values)
    return object
  }
}
