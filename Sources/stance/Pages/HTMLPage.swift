/// The frame of a page that needs nothing from elsewhere: no script, no font, no picture, no address.
struct HTMLPage {
  let title: String
  /// Rules of this page alone, after those of all pages (``HTMLStyle``).
  var style = ""

  /// What comes before the contents.
  func header() -> String {
    """
    <!DOCTYPE html>
    <html>
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>\(HTMLText.escaped(title))</title>
    <style>
    \(HTMLStyle.rules)
    \(style)
    </style>
    </head>
    <body>

    """
  }

  /// What comes after them.
  func footer() -> String { "</body>\n</html>\n" }
}
