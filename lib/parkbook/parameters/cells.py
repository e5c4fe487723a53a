"""What the parameter cells of a running notebook assign: by the analyst, by papermill, by the batch command."""

from __future__ import annotations

import ast
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from parkbook.errors import ParameterError
from parkbook.parameters.names import (
    CELL_MARK,
    INJECTED_MARK,
    NOTEBOOK_PARAMETERS,
    ORIGIN_CELL,
    ORIGIN_PAPERMILL,
    ORIGIN_VARIABLE,
)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A value that a parameter cell gives a name."""

    value: Any
    origin: str


def assigned_parameters(namespace: Mapping[str, Any]) -> dict[str, Any]:
    """Names and values of `assignments`."""
    return {name: item.value for name, item in assignments(namespace).items()}


def assignments(namespace: Mapping[str, Any]) -> dict[str, Assignment]:
    """The names assigned in the parameter cells of the latest pass, with values.

    Outside IPython there are no cells: then a namespace of a script gives the parameters it has, and any other mapping
    is taken as the assignments themselves.
    """
    history = namespace.get("In")
    if not isinstance(history, list):
        names = _all_names() & set(namespace) if "__name__" in namespace else set(namespace)
        return {name: Assignment(namespace[name], ORIGIN_CELL) for name in sorted(names)}
    found: dict[str, Assignment] = {}
    for source, injected in _latest_pass(history):
        origins = _batch_origins() if injected else {}
        origin = ORIGIN_PAPERMILL if injected else ORIGIN_CELL
        for name, value in _cell_values(source, namespace).items():
            found[name] = Assignment(value, origins.get(name, origin))
    return found


def _all_names() -> set[str]:
    return {name for names in NOTEBOOK_PARAMETERS.values() for name in names}


def _latest_pass(history: Sequence[str]) -> list[tuple[str, bool]]:
    """The latest parameter cell executed, and the latest injected cell after it; (source, injected)."""
    cell = max((index for index, source in enumerate(history) if _is_parameter_cell(source)), default=-1)
    injected = max((index for index, source in enumerate(history) if _first_line(source) == INJECTED_MARK), default=-1)
    found = [(history[cell], False)] if cell >= 0 else []
    if injected > cell:
        found.append((history[injected], True))
    if not found:
        raise ParameterError(
            "还没有运行参数单元", expected=f"首行是“{CELL_MARK}”的单元", remedy="先运行参数单元，再运行本单元"
        )
    return found


def _first_line(source: str) -> str:
    return source.strip().partition("\n")[0].strip()


def _is_parameter_cell(source: str) -> bool:
    """Marked, or, where the mark got lost, annotating a parameter as the stored cells do (`park: str = …`)."""
    marked = _first_line(source).replace(" ", "").startswith(CELL_MARK.replace(" ", ""))
    return marked or bool(_ANNOTATED.search(source))


_ANNOTATED = re.compile(r"^parks?\s*:[^=\n]+=", re.MULTILINE)


def _cell_values(source: str, namespace: Mapping[str, Any]) -> dict[str, Any]:
    """What a cell assigns: a literal from its text, anything else from the namespace."""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise ParameterError(
            "参数单元有语法错误，没有执行",
            where=f"第 {error.lineno} 行",
            found=(error.text or "").strip(),
            remedy="改正后重新运行参数单元",
        ) from error
    collector = _Names()
    collector.visit(tree)
    literals = _literals(tree, collector.counts)
    values = {name: literals.get(name, namespace.get(name)) for name in collector.counts}
    return {name: value for name, value in values.items() if name in literals or name in namespace}


def _literals(tree: ast.Module, counts: Mapping[str, int]) -> dict[str, Any]:
    """The names that one plain statement binds to a literal."""
    found: dict[str, Any] = {}
    for statement in tree.body:
        if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
            continue
        target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
        if isinstance(target, ast.Name) and counts[target.id] == 1:
            try:
                found[target.id] = ast.literal_eval(statement.value)
            except ValueError:
                continue
    return found


class _Names(ast.NodeVisitor):
    """How often each name is bound at the top level of a cell; imports and inner scopes do not count."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            self.counts[node.id] = self.counts.get(node.id, 0) + 1

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.generic_visit(node)

    def _skip(self, node: ast.AST) -> None:
        """An inner scope."""

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef = visit_Lambda = _skip
    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _skip


def _batch_origins() -> dict[str, str]:
    text = os.environ.get(ORIGIN_VARIABLE, "")
    return json.loads(text) if text else {}
