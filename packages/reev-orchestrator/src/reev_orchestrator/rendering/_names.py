"""Names in a template that nothing defines: variables, filters and tests, with their lines."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment, nodes
from jinja2.meta import find_undeclared_variables

from ._cards import STEP_TEMPLATE, TemplateCard
from ._situation import SITUATION_NAMES
from ._task import TASK_NAMES

__all__ = ["KNOWN_NAMES", "name_problems", "used_names"]

KNOWN_NAMES = SITUATION_NAMES | TASK_NAMES | {STEP_TEMPLATE}
"""Every variable that a template may use."""


def used_names(tree: nodes.Template, compiler: Environment) -> frozenset[str]:
    """Return the variables that a template expects from outside; none are known where a filter or test is not."""
    if any(_unknown_calls(tree, compiler)):
        return frozenset()
    return frozenset(find_undeclared_variables(tree)) - _defined(tree) - compiler.globals.keys()


def name_problems(
    tree: nodes.Template, card: TemplateCard | None, compiler: Environment
) -> Iterator[tuple[int, str, str]]:
    """Yield line, code and message for each name that is unknown, and each that the head should and does not tell."""
    used = used_names(tree, compiler)
    for name in sorted(used - KNOWN_NAMES):
        yield _line_of(tree, name), "unknown_variable", f"no variable is called {name}"
    yield from _unknown_calls(tree, compiler)
    if card is None:
        return
    for name in sorted((used & KNOWN_NAMES) - set(card.requires)):
        yield _line_of(tree, name), "unlisted_variable", f"requires does not list {name}"
    for name in sorted(set(card.requires) - used):
        yield 1, "unused_variable", f"requires lists {name}, which is not used here"


def _defined(tree: nodes.Template) -> set[str]:
    """Return what a template itself sets at its top, which blocks see too."""
    stored = {node.name for child in tree.body for node in _within(child) if node.ctx == "store"}
    macros = {macro.name for macro in tree.find_all(nodes.Macro)}
    modules = {found.target for found in tree.find_all(nodes.Import)}
    imported = {
        name if isinstance(name, str) else name[1] for found in tree.find_all(nodes.FromImport) for name in found.names
    }
    return stored | macros | modules | imported


def _within(child: nodes.Node) -> Iterator[nodes.Name]:
    return child.find_all(nodes.Name) if isinstance(child, nodes.Assign | nodes.AssignBlock) else iter(())


def _unknown_calls(tree: nodes.Template, compiler: Environment) -> Iterator[tuple[int, str, str]]:
    for called in tree.find_all((nodes.Filter, nodes.Test)):
        known = compiler.filters if isinstance(called, nodes.Filter) else compiler.tests
        if called.name not in known:
            kind = "filter" if isinstance(called, nodes.Filter) else "test"
            yield called.lineno, f"unknown_{kind}", f"no {kind} is called {called.name}"


def _line_of(tree: nodes.Template, name: str) -> int:
    return min(node.lineno for node in tree.find_all(nodes.Name) if node.name == name and node.ctx == "load")
