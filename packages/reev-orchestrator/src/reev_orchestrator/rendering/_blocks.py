"""Blocks that no template above has, and so are never shown; files that a template names and that are not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import nodes

from ._cards import STEP_TEMPLATE

__all__ = ["Trees", "block_problems", "reference_problems"]

Trees = Mapping[str, nodes.Template]
"""What was parsed, by file name."""


def block_problems(name: str, trees: Trees, steps: frozenset[str]) -> Iterator[tuple[int, str, str]]:
    """Yield what a template that extends another says in vain; ``steps`` are the files of step templates."""
    tree = trees[name]
    if tree.find(nodes.Extends) is None:
        return
    above = _blocks_above(name, trees, steps, frozenset())
    for child in tree.body:
        if isinstance(child, nodes.Block) and above is not None and child.name not in above:
            yield child.lineno, "unused_block", f"no template above has a block {child.name}, so it is never shown"
        if isinstance(child, nodes.Output) and _says_something(child):
            yield child.lineno, "text_outside_blocks", "what stands outside of blocks here is never shown"


def reference_problems(name: str, trees: Trees) -> Iterator[tuple[int, str, str]]:
    """Yield each file that a template extends, includes or imports and that is not there."""
    for found in trees[name].find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        target: nodes.Expr = getattr(found, "template")  # noqa: B009 - find_all forgets which nodes it was asked for
        if isinstance(target, nodes.Const) and target.value.removeprefix("reev/") not in trees:
            yield found.lineno, "template_missing", f"there is no template file {target.value}"


def _blocks_above(name: str, trees: Trees, steps: frozenset[str], seen: frozenset[str]) -> frozenset[str] | None:
    """Return the blocks of all templates above, or None where only a run decides which those are."""
    found = trees[name].find(nodes.Extends)
    parents = _parents(found, steps) if found else frozenset()
    if parents is None:
        return None
    blocks: frozenset[str] = frozenset()
    for parent in (parents & trees.keys()) - seen:
        further = _blocks_above(parent, trees, steps, seen | {name, parent})
        if further is None:
            return None
        blocks |= further.union(block.name for block in trees[parent].find_all(nodes.Block))
    return blocks


def _parents(extends: nodes.Extends, steps: frozenset[str]) -> frozenset[str] | None:
    match extends.template:
        case nodes.Const(value=value):
            return frozenset({value.removeprefix("reev/")})
        case nodes.Name(name=name) if name == STEP_TEMPLATE:
            return steps
        case _:
            return None


def _says_something(output: nodes.Output) -> bool:
    return any(not isinstance(part, nodes.TemplateData) or part.data.strip() for part in output.nodes)
