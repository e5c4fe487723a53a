"""How many characters of a report are read in a second and core: part of `make bench`, or `python build/bench_text.py`.

Each text is read once in a fresh process, after the catalogue is loaded, as `parkbook extract` does. Machines differ and change
their speed, so the same process first times a loop of additions: the characters read while it makes a million are what can be
compared between two runs.

    prose        a sentence with figures, then two without: as dense as published reports (a figure every 45 characters)
    documents    the labelled documents of the tests: a figure every 19 characters
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import yaml

TEXTS = Path(__file__).resolve().parents[1] / "tests" / "sources" / "text"
PROSE = "园区坚持稳中求进工作总基调，持续优化营商环境，着力提升服务效能，推动各项工作取得新的进展和成效。"
MARKED = re.compile(r"⟦([^|⟧]*)\|[^⟧]*⟧")
FRESH = """
import json, sys, time
from parkbook.sources.text.extract import extract_text
extract_text("园区完成营业收入3亿元。")
text = sys.stdin.buffer.read().decode("utf-8")
begun = time.process_time()
total = 0
for number in range(1_000_000):
    total += number
added = time.process_time()
figures = len(extract_text(text).figures)
read = time.process_time()
print(json.dumps({"figures": figures, "loop": added - begun, "seconds": read - added}))
"""
RUNS = 3


def texts() -> dict[str, str]:
    """Each kind of text, long enough to be timed."""
    groups = yaml.safe_load((TEXTS / "specimens.yaml").read_text(encoding="utf-8"))
    prose = "\n".join(specimen + PROSE * 2 for entries in groups.values() for specimen, _ in entries)
    marked = (path.read_text(encoding="utf-8") for path in sorted((TEXTS / "documents").glob("*.txt"))[:4])
    return {"prose": prose, "documents": MARKED.sub(r"\1", "\n".join(marked).replace("=====\n", ""))}


def print_reading() -> None:
    """Characters a second, the best of three fresh processes, and characters per million additions."""
    print(f"{'text':12}{'characters':>12}{'figures':>9}{'a second':>12}{'per million additions':>24}")
    for name, text in texts().items():
        runs = [_read(text) for _ in range(RUNS)]
        best = min(runs, key=lambda run: run["seconds"])
        compared = max(len(text) / run["seconds"] * run["loop"] for run in runs)
        print(f"{name:12}{len(text):12,}{best['figures']:9,}{len(text) / best['seconds']:12,.0f}{compared:24,.0f}")


def _read(text: str) -> dict[str, float]:
    command = [sys.executable, "-c", FRESH]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    print_reading()
