"""Dynamic flows on the command line: what is asked for, the plan shown, the confirmation, the run."""

from __future__ import annotations

import json as json_format
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from reev_orchestrator.reading import SentenceReader
    from reev_runner.dynamic import DynamicOptions, PlannedFlow
    from reev_runner.suite import Outcome, SuiteObserver, SuiteOptions
    from reev_types.errors import ReevError

    from ._flow_request import FlowRequest

__all__ = [
    "Confirmed",
    "confirmed",
    "errors_as_json",
    "plan_json",
    "run_confirmed",
    "run_hybrid",
    "show_plan",
]

_READER_EXAMPLE = "--planner llm --planner-model glm-4.6"
_NOT_EXECUTED = 1


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A plan that may be executed."""

    request: FlowRequest
    planned: PlannedFlow


def confirmed(request: FlowRequest, options: SuiteOptions, *, json: bool) -> Confirmed:
    """Plan, show the plan and, on a terminal, ask; exits where nothing is to be executed."""
    from reev_runner.dynamic import choose_wallet, plan_source
    from reev_runner.execution import embedded_sandbox
    from reev_types.benchmarks import DynamicFlow

    dynamic = replace(_options(request), reader=_reader(request, options))
    market = embedded_sandbox(dynamic.market).market
    wallet = choose_wallet(
        request.wallet.wallet,
        request.wallet.context,
        request.wallet.rpc_url,
        prices_usd=market.prices,
        clock=options.clock,
    )
    owner = wallet.on if isinstance(wallet.on, str) else wallet.on.owner
    source = DynamicFlow(prompt=request.prompt or "", wallet=owner)
    planned = plan_source(source, options, dynamic, wallet)
    if not json:
        show_plan(planned)
    elif request.modes.dry_run:
        typer.echo(plan_json(planned))
    if request.modes.dry_run:
        raise typer.Exit
    if not request.modes.yes:
        _agree(planned, json=json)
    return Confirmed(request, planned)


def _agree(planned: PlannedFlow, *, json: bool) -> None:
    """Ask on a terminal; without one, what the grammar read is executed as it was typed, and nothing else is."""
    is_read_by_model = planned.plan.metadata.get("planner") == "llm"
    if sys.stdin.isatty() and sys.stderr.isatty():
        if is_read_by_model and json:
            typer.echo(f"understood {planned.plan.normalised_prompt}", err=True)
        _ask()
    elif is_read_by_model:
        told = f"this was read by a model and is executed only with --yes: {planned.plan.normalised_prompt}"
        _refuse("not_confirmed", told, "check it, and add --yes")


def run_confirmed(chosen: Confirmed, options: SuiteOptions, observer: SuiteObserver) -> tuple[Outcome, ...]:
    """Execute a plan."""
    from reev_runner.dynamic import run_planned

    outcomes = run_planned(chosen.planned, options, _options(chosen.request), observer)
    if chosen.request.modes.keep_yml:
        _tell_kept(outcomes)
    return outcomes


def _tell_kept(outcomes: Sequence[Outcome]) -> None:
    from reev_runner.suite import Trial

    for outcome in outcomes:
        if isinstance(outcome, Trial):
            typer.echo(f"kept {outcome.result.timing['kept']}", err=True)


def run_hybrid(path: str, prompt: str, options: SuiteOptions, observer: SuiteObserver) -> tuple[Outcome, ...]:
    """Run a benchmark with another prompt."""
    from reev_runner.dynamic import run_benchmarks_with_source, source_of

    return run_benchmarks_with_source(source_of(path, prompt, None), options, observer=observer)


def show_plan(planned: PlannedFlow) -> None:
    """Print a plan for people."""
    from reev_runner.report import console_on, print_plan

    print_plan(console_on(sys.stdout), planned)


def plan_json(planned: PlannedFlow) -> str:
    """Return a plan for programs; ASCII only, so that it passes through any terminal."""
    return json_format.dumps(planned.plan.to_json(), indent=2)


@contextmanager
def errors_as_json(wanted: bool) -> Iterator[None]:
    """Print an error as one JSON document on standard output where JSON is wanted, and exit with its status."""
    from reev_types.errors import ReevError

    try:
        yield
    except ReevError as error:
        if not wanted:
            raise
        typer.echo(json_format.dumps({"error": _described(error)}, indent=2))
        raise typer.Exit(error.exit_status) from None


def _described(error: ReevError) -> dict[str, object]:
    from reev_types.errors import TextPlace

    place = error.place
    return {
        "code": error.code,
        "message": error.message,
        "suggestions": list(error.suggestions),
        "span": [place.start, place.end] if isinstance(place, TextPlace) else None,
    }


def _reader(request: FlowRequest, options: SuiteOptions) -> SentenceReader | None:
    from reev_runner.dynamic import model_reader

    planner, model = request.reader.planner or "grammar", request.reader.planner_model
    if planner not in ("grammar", "llm"):
        _refuse("unknown_planner", f"{planner[:64]!r} is no planner; there are grammar and llm", _READER_EXAMPLE)
    if planner == "grammar":
        if model is not None:
            _refuse("no_planner", "--planner-model takes --planner llm", _READER_EXAMPLE)
        return None
    agent = options.agent if options.agent != "deterministic" and isinstance(options.agent, str) else None
    name = model or agent
    if name is None:
        _refuse("no_planner_model", "--planner llm takes the name of a model", _READER_EXAMPLE)
    return model_reader(name, options.models, options.seed, options.clock)


def _options(request: FlowRequest) -> DynamicOptions:
    from reev_runner.dynamic import DynamicOptions
    from reev_types.benchmarks import DEFAULT_MARKET

    return DynamicOptions(
        mode=request.mode,
        context=request.wallet.context,
        rpc_url=request.wallet.rpc_url,
        market=request.market.market or DEFAULT_MARKET,
        max_slippage_bps=request.market.max_slippage_bps,
        keep_yml=request.modes.keep_yml,
    )


def _ask() -> None:
    try:
        agreed = typer.confirm("Execute this on the embedded chain?", err=True)
    except typer.Abort:
        agreed = False
        typer.echo(err=True)
    if not agreed:
        typer.echo("nothing was executed", err=True)
        raise typer.Exit(_NOT_EXECUTED)


def _refuse(code: str, message: str, example: str) -> NoReturn:
    from reev_types.errors import UsageError

    raise UsageError(code, message, suggestions=(example,))
