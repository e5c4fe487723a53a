"""Write requirements.lock and constraints.txt from one resolve: `make lock`.

requirements.lock pins every package with its hashes, for `pip install --require-hashes` (make, and the README's lines for
Windows). constraints.txt holds the same versions without hashes, for the pip list of environment.yml: pip refuses hashes
and `-e .` in one call. One version of each package serves Python 3.11 and 3.12 on Linux, macOS and Windows; what only
some of them need carries a marker in requirements.lock.

What is already locked stays as it is while pyproject.toml allows it; `make lock ARGS=--upgrade` takes the newest versions.
Cache and index settings are those of the user's environment; nothing of them gets into the files.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
CONSTRAINTS = ROOT / "constraints.txt"
OLDEST_PYTHON = "3.11"
PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9-]*)==(?P<version>[^\s;\\]+)", re.MULTILINE)

LOCK_HEADER = """\
# Written by `make lock` from pyproject.toml; not to be edited.
# For `pip install --require-hashes -r requirements.lock`.
"""
CONSTRAINTS_HEADER = """\
# Written by `make lock` from pyproject.toml; not to be edited.
# The versions of requirements.lock, for environment.yml.
"""


def resolve(*options: str) -> str:
    """The locked requirements of the project, of its `dev` extra and of its build system, with hashes."""
    build_system = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "-", "--extra", "dev"]
    command += ["--universal", "--python-version", OLDEST_PYTHON, "--fork-strategy", "fewest"]
    # A package without wheels would need a compiler on the user's machine.
    command += ["--only-binary", ":all:", "--generate-hashes"]
    command += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--quiet"]
    command += ["--output-file", LOCK.name, *options]
    subprocess.run(command, cwd=ROOT, check=True, text=True, input="\n".join(build_system), stdout=subprocess.DEVNULL)
    return LOCK.read_text(encoding="utf-8")


def constraints_of(lock: str) -> str:
    pins = [match.group("name", "version") for match in PIN.finditer(lock)]
    names = [name for name, _ in pins]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        sys.exit(f"build/lock.py: more than one version of {', '.join(twice)}: constraints.txt cannot say which")
    return "".join(f"{name}=={version}\n" for name, version in pins)


def main() -> None:
    lock = resolve(*sys.argv[1:])
    LOCK.write_text(LOCK_HEADER + lock, encoding="utf-8", newline="\n")
    CONSTRAINTS.write_text(CONSTRAINTS_HEADER + constraints_of(lock), encoding="utf-8", newline="\n")
    print(f"{LOCK.name}, {CONSTRAINTS.name}: {len(PIN.findall(lock))} packages")


if __name__ == "__main__":
    main()
