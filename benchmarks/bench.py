"""Runs the comparisons side by side and, when it has run all of them on all data, writes
benchmarks/results/DATE-MACHINE.{json,md} and a chart for each table.

usage: bench.py [--quick] [--repeats N] [--only NAME[,NAME…]]
"""
import argparse
import datetime
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import comparisons
import report

# A library that is told which processor it runs on is slower than one that looks; and threads of
# BLAS hurt programs whose time goes into sparse products.
for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(name, None)
os.environ["OPENBLAS_NUM_THREADS"] = "1"


def machine():
    """What the figures were taken on."""
    cores = os.cpu_count()
    processor = "unknown processor"
    if os.path.exists("/proc/cpuinfo"):
        lines = [line for line in open("/proc/cpuinfo") if line.startswith("model name")]
        processor = lines[0].split(":", 1)[1].strip() if lines else processor
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    return {
        "processor": processor, "cores": cores, "memory": memory, "system": platform.platform(),
        "commit": commit,
    }


def versions():
    """Of everything that took part."""
    found = {"stance": comparisons.run([comparisons.STANCE, "--version"]).strip()}
    for package in ("scikit-learn", "numpy", "scipy", "pandas", "vowpalwabbit"):
        found[package] = version(package)
    for program, package in [("liblinear-train", "liblinear-tools"), ("fasttext", "fasttext")]:
        if shutil.which(program):
            query = ["dpkg-query", "--show", "--showformat=${Version}", package]
            found[package] = subprocess.run(query, capture_output=True, text=True).stdout
    found["python"] = platform.python_version()
    return found


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--repeats", type=int)
    parser.add_argument("--only", default=",".join(comparisons.ALL))
    options = parser.parse_args()
    names = options.only.split(",")
    for name in names:
        if name not in comparisons.ALL:
            sys.exit(f"--only: found {name}, expected some of {', '.join(comparisons.ALL)}")
    started = datetime.datetime.now()
    repeats = options.repeats or (1 if options.quick else 3)
    tables = []
    with tempfile.TemporaryDirectory(prefix="stance-bench-") as folder:
        material = comparisons.Material(12_000 if options.quick else None, repeats, Path(folder))
        for name in names:
            print(f"{name} …", file=sys.stderr, flush=True)
            table = comparisons.ALL[name](material)
            tables.append(table)
            print("\n".join(report.markdown_table(table)), flush=True)
    result = {
        "date": started.date().isoformat(), "machine": machine(), "versions": versions(),
        "corpus": material.corpus, "sentences": material.rows, "repeats": repeats,
        "minutes": round((datetime.datetime.now() - started).total_seconds() / 60, 1),
        "tables": [
            {"title": table.title, "note": table.note, "bars": table.bars,
             "contenders": [contender.record() for contender in table.contenders]}
            for table in tables],
    }
    if options.quick or names != list(comparisons.ALL):
        return
    name = f"{result['date']}-{result['machine']['cores']}-core-" + "-".join(
        result["machine"]["processor"].split()).lower()
    folder = Path("benchmarks/results")
    folder.mkdir(exist_ok=True)
    # Paths of the machine at hand say nothing to others.
    text = json.dumps(result, indent=1, ensure_ascii=False)
    for path, shown in [(str(Path.cwd()), "."), (str(material.folder), "$TMPDIR")]:
        text = text.replace(path, shown)
    (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    charts = {
        table.title: report.chart(table, folder, name)
        for table in tables if len(table.contenders) > 1 and not table.title.startswith("Kernels")}
    (folder / f"{name}.md").write_text(report.markdown(result, tables, charts), encoding="utf-8")
    print(f"wrote benchmarks/results/{name}.md", file=sys.stderr)


main()
