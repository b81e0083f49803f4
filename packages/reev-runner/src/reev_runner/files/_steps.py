"""Compiles ``flow``: the steps in their order and what each of them depends on."""

from __future__ import annotations

from difflib import get_close_matches

from reev_types.benchmarks import TestStep
from reev_types.intents import Intent

from ._intents import compile_intent
from ._load import LoadedBenchmark
from ._model import StepItem
from ._roster import Roster

__all__ = ["compile_steps"]


def compile_steps(source: LoadedBenchmark, roster: Roster) -> tuple[TestStep, ...]:
    """Return the steps; a file without ``flow`` is the one critical step ``step_1``.

    Raises BenchmarkError with a place: ``duplicate_step``, ``unknown_step``, ``unknown_tool``; of an ``intent`` also
    ``unknown_token`` and ``undefined_placeholder``.
    """
    if source.file.flow is None:
        return (TestStep(step_id="step_1", prompt=source.file.prompt, critical=True),)
    steps: dict[str, TestStep] = {}
    numbers: set[int] = set()
    for index, item in enumerate(source.file.flow):
        step_id = item.id or f"step_{item.step}"
        if step_id in steps or item.step in numbers:
            key = "id" if item.id and item.step not in numbers else "step"
            raise source.problem("duplicate_step", f"there are two steps {getattr(item, key)}", "flow", index, key)
        numbers.add(item.step)
        steps[step_id] = TestStep(
            step_id=step_id,
            description=item.description,
            prompt=item.prompt,
            critical=item.critical,
            timeout_s=None if item.timeout is None else float(item.timeout),
            depends_on=_dependencies(source, item, index, steps),
            required_tools=_required_tools(source, item, index),
            intent=_intent(source, roster, item, index, steps),
        )
    return tuple(steps.values())


def _dependencies(source: LoadedBenchmark, item: StepItem, index: int, earlier: dict[str, TestStep]) -> tuple[str, ...]:
    found = []
    for position, name in enumerate(item.depends_on):
        step_id = name if name in earlier else name.removesuffix("_result")
        if step_id not in earlier:
            hints = (f"earlier steps: {', '.join(earlier)}",) if earlier else ()
            message = f"expected an earlier step, such as step_1, found {name!r:.60}"
            raise source.problem("unknown_step", message, "flow", index, "depends_on", position, suggestions=hints)
        found.append(step_id)
    return tuple(dict.fromkeys(found))


def _intent(
    source: LoadedBenchmark, roster: Roster, item: StepItem, index: int, earlier: dict[str, TestStep]
) -> Intent | None:
    if item.intent is None:
        return None
    return compile_intent(source, roster, earlier.keys(), item.intent, ("flow", index, "intent"))


def _required_tools(source: LoadedBenchmark, item: StepItem, index: int) -> tuple[str, ...]:
    if not item.required_tools:
        return ()
    from reev_tools.wallet import STANDARD_TOOLS, primary_name  # few files need to know the tools

    known = [tool.name for tool in STANDARD_TOOLS]
    found = []
    for position, name in enumerate(item.required_tools):
        tool = primary_name(name)
        if tool not in known:
            message = f"expected a tool, found {name!r:.60}"
            hints = tuple(f"did you mean {close}?" for close in get_close_matches(name, known, n=1))
            raise source.problem("unknown_tool", message, "flow", index, "required_tools", position, suggestions=hints)
        found.append(tool)
    return tuple(dict.fromkeys(found))
