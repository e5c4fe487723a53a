"""Specimens of the narrative reader, read once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent


def specimens() -> list[tuple[str, str, list[str]]]:
    """(group, text, expected figures) of specimens.yaml."""
    groups = yaml.safe_load((HERE / "specimens.yaml").read_text(encoding="utf-8"))
    return [(group, text, figures) for group, entries in groups.items() for text, figures in entries]


@pytest.fixture
def report(tmp_path: Path) -> Any:
    """Writes bytes or text to a file of the given name."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write
