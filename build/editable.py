"""Makes the editable install's path relative, so that it holds no character of the project folder's name.

Python reads .pth files in the locale's encoding: with an absolute path in them, a project in a folder with a Chinese name does not
start in a C locale, nor where Windows has another code page than the one it was installed under.
"""

from __future__ import annotations

import os
import site
import sys
from pathlib import Path

LIBRARY = Path(__file__).resolve().parents[1] / "lib"


def main() -> int:
    """Rewrite the one .pth file that names the library; anything else is left alone."""
    for folder in map(Path, site.getsitepackages()):
        for path in folder.glob("__editable__.parkbook-*.pth"):
            path.write_text(os.path.relpath(LIBRARY, folder) + "\n", encoding="ascii")
            return 0
    print("No editable install of parkbook was found in this environment.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
