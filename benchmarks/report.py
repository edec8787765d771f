"""Tables in Markdown and bar charts in SVG."""
import re
from html import escape


def duration(seconds):
    if seconds >= 1:
        return f"{seconds:.2f} s"
    return f"{1000 * seconds:.1f} ms"


def markdown_table(table):
    """A comparison as lines of Markdown."""
    first = table.contenders[0]
    head = ["", "median", "lowest - highest", "times StanceKit", "peak memory"]
    if table.quality:
        head.append(table.quality)
    lines = [f"### {table.title}", "", table.note + ".", "",
             "| " + " | ".join(head) + " |", "|---" + "|---:" * (len(head) - 1) + "|"]
    for contender in table.contenders:
        seconds = contender.seconds
        memory = f"{contender.peak_memory / 1e6:,.0f} MB" if contender.peak_memory else ""
        compared = "StanceKit" in first.name
        cells = [
            contender.name, duration(contender.median),
            f"{duration(min(seconds))} - {duration(max(seconds))}" if len(seconds) > 1 else "",
            f"{contender.median / first.median:.1f}" if compared else "", memory]
        if table.quality:
            cells.append(str(contender.quality.get(table.quality, "")))
        lines.append("| " + " | ".join(cells) + " |")
    lines.append("")
    for bar in table.bars:
        sign = "at least" if bar["at_least"] else "at most"
        mark = "" if bar["met"] else " **missed**"
        lines.append(f"- {bar['what']}: {bar['found']:.4g} (aim: {sign} {bar['bar']:g}){mark}")
    return lines + [""]


def markdown(result, tables, charts):
    """The results page."""
    machine = result["machine"]
    lines = [
        f"# Benchmarks, {result['date']}", "",
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory'] / 1e9:.0f} GB, "
        f"{machine['system']}; commit {machine['commit']}; {result['minutes']} minutes.", "",
        f"Corpus: {result['corpus']}, {result['sentences']:,} training sentences. Whole processes "
        f"unless said otherwise, {result['repeats']} runs in alternating order, medians. "
        "`make bench` repeats it.", "",
        ", ".join(f"{name} {version}" for name, version in result["versions"].items()) + ".", ""]
    for table in tables:
        lines += markdown_table(table)
        if table.title in charts:
            lines += [f"![{table.title}]({charts[table.title]})", ""]
    return "\n".join(lines)


def chart(table, folder, prefix):
    """Writes one horizontal bar a contender; returns the file's name."""
    slug = re.sub(r"[^a-z0-9]+", "-", table.title.lower()).strip("-")
    name = f"{prefix}-{slug}.svg"
    left, width, row, top = 200, 400, 30, 44
    longest = max(contender.median for contender in table.contenders)
    height = top + row * len(table.contenders) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + width + 110} {height}" '
        f'role="img" aria-label="{escape(table.title)}" font-family="system-ui, sans-serif" '
        'font-size="13">',
        "<style>text{fill:#222}.note{fill:#666}.own{fill:#1baf7a}.peer{fill:#9aa3ab}"
        "@media(prefers-color-scheme:dark){text{fill:#eee}.note{fill:#aaa}}</style>",
        f'<text x="8" y="18" font-weight="600">{escape(table.title)}</text>',
        '<text x="8" y="35" class="note" font-size="11">seconds, median; shorter is better</text>']
    own = "StanceKit" in table.contenders[0].name
    for index, contender in enumerate(table.contenders):
        y = top + row * index
        length = max(1.5, width * contender.median / longest)
        kind = "own" if not own or "StanceKit" in contender.name else "peer"
        parts += [
            f'<text x="{left - 8}" y="{y + 16}" text-anchor="end">{escape(contender.name)}</text>',
            f'<rect class="{kind}" x="{left}" y="{y + 3}" width="{length:.1f}" height="18" rx="2"/>',
            f'<text x="{left + length + 6:.1f}" y="{y + 16}">{duration(contender.median)}</text>']
    parts.append("</svg>")
    (folder / name).write_text("\n".join(parts) + "\n", encoding="utf-8")
    return name
