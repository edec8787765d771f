/// The look that all pages share: light or dark as the reader's system is, readable on a telephone, in
/// print, and from right to left.
enum HTMLStyle {
  static let rules = """
    :root { color-scheme: light dark; --ground: #fff; --ink: #222; --faint: #5f5f5f; --line: #ddd; --hint-ground: #333; --hint-ink: #fff; --for: 0, 114, 178; --against: 213, 94, 0; }
    @media (prefers-color-scheme: dark) { :root { --ground: #17191d; --ink: #e8e6e3; --faint: #a3a3a3; --line: #3b3f45; --hint-ground: #e8e6e3; --hint-ink: #17191d; --for: 64, 160, 220; --against: 235, 130, 50; } }
    @media print { :root { --ground: #fff; --ink: #000; } article { break-inside: avoid; } }
    body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; font: 1.05rem/1.7 Georgia, "Noto Naskh Arabic", serif; color: var(--ink); background: var(--ground); -webkit-text-size-adjust: 100%; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    article { margin-bottom: 3rem; overflow-wrap: anywhere; }
    h1, h2, h3 { font-family: sans-serif; line-height: 1.3; }
    h2 { font-size: 1rem; color: var(--faint); border-bottom: 1px solid var(--line); }
    h3 { font-size: .95rem; margin-bottom: .3rem; }
    table { border-collapse: collapse; font: .85rem/1.5 sans-serif; }
    th { color: var(--faint); font-weight: normal; text-align: start; }
    td, th { padding: .1em .8em .1em 0; vertical-align: baseline; }
    td.number, th.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
    .faint { color: var(--faint); font: .85rem/1.5 sans-serif; }
    .key { padding: .1em .5em; border-radius: .2em; font: .85rem sans-serif; }
    """
}
