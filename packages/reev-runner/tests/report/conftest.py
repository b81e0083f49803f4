"""Finished runs to report on: a passed transfer, and a transfer of more than there is that should have been refused."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from reev_runner.journal import fold
from reev_runner.suite import BadFile, Trial
from reev_types.errors import BenchmarkError, FilePlace
from reev_types.events import Event, ModelExchanged, StepEnded, StepStarted, read_event
from reev_types.models import ModelFailureRecord, ModelReplyRecord, TokenUsage

JOURNALS = Path(__file__).parent / "journals"


@pytest.fixture
def journal() -> Callable[[str], Trial]:
    def read(name: str) -> Trial:
        lines = (JOURNALS / f"{name}.jsonl").read_text().splitlines()
        events = tuple(map(read_event, lines))
        return Trial(fold(events), events)

    return read


@pytest.fixture
def passed(journal) -> Trial:
    return journal("001-sol-transfer")


@pytest.fixture
def failed(journal) -> Trial:
    return journal("003-spl-transfer-fail")


def _reply(turn: int, content: str | None, cost: int | None, *, calls: bool = False) -> ModelExchanged:
    message = {"role": "assistant", "content": content, **({"tool_calls": [{}]} if calls else {})}
    usage = TokenUsage(input_tokens=1_150 * turn, output_tokens=48)
    record = ModelReplyRecord(
        step_id="1", turn=turn, message=message, finish_reason="stop", usage=usage, cost_micro_usd=cost
    )
    return ModelExchanged(step_id="1", record=record)


@pytest.fixture
def spoken(passed) -> Callable[..., Trial]:
    """The same run by a model at so many micro-USD a reply, which failed once, acted, and answered."""

    def spoken(cost: int | None = 799) -> Trial:
        failure = ModelFailureRecord(step_id="1", turn=1, code="model_rate_limited", message="try\nlater")
        failed = ModelExchanged(step_id="1", record=failure)
        events = list(passed.events)
        step = next(event.step_id for event in events if isinstance(event, StepStarted))
        said = [failed, _reply(1, "I will pay.", cost, calls=True)], [_reply(2, "Paid\x1b[2J.", cost)]
        renamed = [[_of_step(event, step) for event in group] for group in said]
        ended = next(index for index, event in enumerate(events) if isinstance(event, StepEnded))
        started = next(index for index, event in enumerate(events) if isinstance(event, StepStarted))
        whole = (*events[: started + 1], *renamed[0], *events[started + 1 : ended], *renamed[1], *events[ended:])
        return Trial(fold(whole), whole)

    return spoken


def _of_step(event: ModelExchanged, step_id: str) -> ModelExchanged:
    record = event.record.model_copy(update={"step_id": step_id})
    return event.model_copy(update={"step_id": step_id, "record": record})


@pytest.fixture
def errored(passed) -> Trial:
    """The same run on a chain that gave way after the first step began."""
    ended = passed.events[-1].model_copy(update={"status": "error", "error": "the VM stopped [vm_failed]"})
    events: tuple[Event, ...] = (*passed.events[:3], ended)
    return Trial(fold(events), events)


@pytest.fixture
def bad_file() -> BadFile:
    place = FilePlace("somewhere/broken.yml", 7, 15)
    message = "initial_state[0].lamports: expected an amount of 0 or more, found -1"
    error = BenchmarkError("negative_amount", message, place=place, suggestions=("write 1000000000 for 1 SOL",))
    return BadFile("somewhere/broken.yml", error)


@pytest.fixture
def rendered() -> Callable[..., str]:
    """Return what a function prints on a console without colour, its lines without trailing blanks."""

    def render(write: Callable[[Console], object], width: int = 100) -> str:
        stream = io.StringIO()
        console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False)
        write(console)
        return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())

    return render
