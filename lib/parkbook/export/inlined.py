"""Style sheets and scripts that stand in a page, and the content security policy that allows these and nothing else.

    script = script_text("page.js")
    policy([style], [script])    "default-src 'none'; style-src 'sha256-…'; script-src 'sha256-…'; img-src data:; …"

A hash is that of the very characters between the tags, so a page must hold them unchanged. No 'unsafe-inline': whatever
came in with the data could neither run nor restyle the page.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

TEMPLATES: Final = Path(__file__).resolve().parent / "templates"


@cache
def style_text(name: str) -> str:
    """A style sheet of the package without comments and empty lines."""
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    return _filled(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))


@cache
def script_text(name: str) -> str:
    """A script of the package without lines of comment and indentation."""
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    lines = (line.strip() for line in text.split("\n"))
    return _filled("\n".join(line for line in lines if not line.startswith("//")))


def _filled(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.strip())


def policy(styles: Iterable[str], scripts: Iterable[str]) -> str:
    """The content security policy of a page with these style sheets and scripts."""
    return (
        f"default-src 'none'; style-src {_hashes(styles)}; script-src {_hashes(scripts)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hashes(texts: Iterable[str]) -> str:
    return " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts)
