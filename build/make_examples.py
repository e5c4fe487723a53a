"""The documents of outputs/examples, and the pictures of their pages in docs/images.

    python build/make_examples.py

Three documents, made as a run makes them: the overview of a real park (Qilu Software Park 2025, in full), the work report of the
made-up park, and the comparison of six Beijing zones. They are committed, so that a reader sees what comes out before
installing anything; run this again when their looks have changed. Pictures are pages at 70 dots an inch, in 32 greys and colours.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "lib"))

EXAMPLES, IMAGES = ROOT / "outputs" / "examples", ROOT / "docs" / "images"
PIXELS_PER_INCH, COLOURS = 70, 32


class Example(NamedTuple):
    """One document: the command that makes it, where the run leaves it, what is kept, and which pages are pictured."""

    name: str
    command: tuple[str, ...]
    place: str
    formats: tuple[str, ...]
    pages: tuple[int, ...]


DATED = ("-p", "date=2026-01-15", "-p", "addressee=市人民政府")
HEADED = (
    "-p",
    "letterhead=示例高新技术产业园管理委员会文件",
    "-p",
    "document_number=示管发〔2026〕1号",
    "-p",
    "signer=示例签发人",
)
EXAMPLE_DOCUMENTS = (
    Example("qilu-overview", ("briefing", "--park", "qilu"), "parks/qilu/briefing", ("html", "pdf"), (1, 2)),
    Example(
        "demo-work-report",
        ("briefing", "--park", "demo", *DATED, *HEADED),
        "parks/demo/briefing",
        ("pdf", "docx"),
        (1, 2),
    ),
    Example("beijing-comparison", ("comparison",), "comparison/beijing-2016-s1", ("html", "pdf"), (1, 2)),
)


def main() -> int:
    """Make all of them; 1 when a run fails."""
    EXAMPLES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="parkbook-examples-") as folder:
        return max(make(example, Path(folder) / example.name) for example in EXAMPLE_DOCUMENTS)


def make(example: Example, folder: Path) -> int:
    """Run one, keep its documents, picture its pages."""
    from parkbook.cli import main as parkbook

    failed = parkbook(["run", *example.command, "--out", str(folder)])
    if failed:
        return failed
    for suffix in example.formats:
        shutil.copyfile(folder / f"{example.place}.{suffix}", EXAMPLES / f"{example.name}.{suffix}")
    picture(example, folder / f"{example.place}.ipynb")
    return 0


def picture(example: Example, notebook: Path) -> None:
    """The pages side by side, as one small PNG."""
    from parkbook.export.document import read_document
    from parkbook.export.pdf import page_images

    made = page_images(read_document(notebook), PIXELS_PER_INCH)
    pages = [Image.open(io.BytesIO(made[number - 1])).convert("RGB") for number in example.pages if number <= len(made)]
    width = sum(page.width for page in pages) + 12 * (len(pages) - 1)
    sheet = Image.new("RGB", (width, max(page.height for page in pages)), "#d9dcd9")
    left = 0
    for page in pages:
        sheet.paste(page, (left, 0))
        left += page.width + 12
    sheet.quantize(COLOURS).save(IMAGES / f"{example.name}.png", optimize=True)


if __name__ == "__main__":
    sys.exit(main())
