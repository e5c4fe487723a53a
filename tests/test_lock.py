"""requirements.lock and constraints.txt agree, and cover pyproject.toml; environment.yml uses the latter.

No network: what the resolver would say today is not asked, only whether what is committed agrees with itself.
"""

from __future__ import annotations

import ast
import difflib
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
REMEDY = "run `make lock` and commit requirements.lock and constraints.txt"


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def locked_entries() -> list[tuple[Requirement, list[str]]]:
    """Every requirement of requirements.lock with its hashes."""
    lines = [line for line in read("requirements.lock").splitlines() if not line.startswith("#")]
    entries = []
    for entry in re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines():
        requirement, *hashes = entry.split("--hash=")
        entries.append((Requirement(requirement.strip()), [digest.strip() for digest in hashes]))
    return entries


def pinned_version(requirement: Requirement) -> str:
    (specifier,) = requirement.specifier
    assert specifier.operator == "==", f"{requirement}: not pinned"
    return specifier.version


def locked_pins() -> dict[str, str]:
    return {canonicalize_name(requirement.name): pinned_version(requirement) for requirement, _ in locked_entries()}


def direct_requirements() -> list[Requirement]:
    pyproject = tomllib.loads(read("pyproject.toml"))
    project = pyproject["project"]
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    return [Requirement(line) for line in [*project["dependencies"], *extras, *pyproject["build-system"]["requires"]]]


def test_both_files_pin_the_same_versions() -> None:
    lock = [f"{requirement.name}=={pinned_version(requirement)}" for requirement, _ in locked_entries()]
    constraints = [line for line in read("constraints.txt").splitlines() if not line.startswith("#")]
    diff = "\n".join(difflib.unified_diff(lock, constraints, "requirements.lock", "constraints.txt", lineterm="", n=0))
    assert not diff, f"{diff}\n{REMEDY}"
    assert len(lock) > 100


def test_a_package_is_pinned_once() -> None:
    names = [canonicalize_name(requirement.name) for requirement, _ in locked_entries()]
    assert sorted(names) == sorted(set(names)), "constraints.txt could not say which version is meant"


@pytest.mark.parametrize("requirement", direct_requirements(), ids=lambda requirement: requirement.name)
def test_direct_requirement_is_locked(requirement: Requirement) -> None:
    version = locked_pins().get(canonicalize_name(requirement.name))
    assert version is not None, f"{requirement} is not in requirements.lock: {REMEDY}"
    assert requirement.specifier.contains(version), f"{requirement}: locked at {version}: {REMEDY}"


def test_every_package_the_library_imports_is_a_direct_requirement() -> None:
    """Whatever the library imports by name must not depend on another package's goodwill to bring it."""
    imported = set()
    for module in (ROOT / "lib").rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.partition(".")[0])
    distributions = packages_distributions()
    declared = {
        canonicalize_name(Requirement(line).name)
        for line in tomllib.loads(read("pyproject.toml"))["project"]["dependencies"]
    }
    undeclared = {
        name
        for name in imported - sys.stdlib_module_names - {"parkbook"}
        if not declared & {canonicalize_name(distribution) for distribution in distributions.get(name, ())}
    }
    assert not undeclared, f"add to the dependencies in pyproject.toml: {sorted(undeclared)}; then {REMEDY}"


def test_every_requirement_has_hashes() -> None:
    for requirement, hashes in locked_entries():
        assert hashes, f"{requirement}: no hash: {REMEDY}"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in hashes), f"{requirement}: {hashes}"


@pytest.mark.parametrize(
    ("python", "platform", "os_name"),
    [
        (python, *system)
        for python in ("3.11", "3.12")
        for system in (("linux", "posix"), ("darwin", "posix"), ("win32", "nt"))
    ],
)
def test_direct_requirements_hold_on_every_supported_system(python: str, platform: str, os_name: str) -> None:
    environment = {
        "python_version": python,
        "python_full_version": f"{python}.9",
        "sys_platform": platform,
        "os_name": os_name,
        "platform_system": {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}[platform],
    }
    installed = {
        canonicalize_name(requirement.name)
        for requirement, _ in locked_entries()
        if requirement.marker is None or requirement.marker.evaluate(environment)
    }
    missing = {canonicalize_name(requirement.name) for requirement in direct_requirements()} - installed
    assert not missing, f"left out by their markers: {missing}"
    assert ("pywinpty" in installed) == (platform == "win32")


@pytest.mark.parametrize("name", ["requirements.lock", "constraints.txt", "environment.yml"])
def test_no_address_and_no_path(name: str) -> None:
    address = re.compile(r"://|\bfile:|--(extra-)?index-url|--find-links|--trusted-host")
    path = re.compile(r"(?<![\w.])[/~]\w|\b[A-Za-z]:\\")
    found = [line for line in read(name).splitlines() if address.search(line) or path.search(line)]
    assert not found, f"{name} says where its author gets packages from: {found}"


def test_environment_installs_the_project_with_the_constraints() -> None:
    environment = yaml.safe_load(read("environment.yml"))
    assert environment["name"] == "parkbook"
    assert environment["channels"][0] == "conda-forge"
    conda = [entry for entry in environment["dependencies"] if isinstance(entry, str)]
    (pip,) = [entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict)]
    assert conda == ["python=3.11", "pip"]
    assert pip == ["-c constraints.txt", "-e ."]
