"""Dynamic flows on the command line: what is asked for, the plan shown, the confirmation, the run."""

from __future__ import annotations

import json as json_format
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn

import typer

if TYPE_CHECKING:
    from reev_runner.dynamic import DynamicOptions, PlannedFlow
    from reev_runner.suite import Outcome, SuiteObserver, SuiteOptions
    from reev_types.errors import ReevError

    from ._settings import Settings

__all__ = [
    "Confirmed",
    "FlowRequest",
    "confirmed",
    "errors_as_json",
    "plan_json",
    "run_confirmed",
    "run_hybrid",
    "show_plan",
]

_EXAMPLE = 'reev-runner --direct --prompt "swap 0.1 SOL to USDC" --wallet demo:balanced'
_NOT_EXECUTED = 1


@dataclass(frozen=True, slots=True)
class FlowRequest:
    """The options of dynamic flows as they were given."""

    dynamic: bool = False
    direct: bool = False
    prompt: str | None = None
    wallet: str | None = None
    context: Path | None = None
    rpc_url: str | None = None
    keep_yml: bool = False
    yes: bool = False
    dry_run: bool = False

    @property
    def is_flow(self) -> bool:
        """Whether a sentence is to be planned."""
        return self.dynamic or self.direct

    @property
    def mode(self) -> Literal["bridge", "direct"]:
        """How it is to be run."""
        return "bridge" if self.dynamic else "direct"

    def check(self, selectors: Sequence[str] | None, tags: Sequence[str] | None, settings: Settings) -> None:
        """Raise UsageError for options that exclude each other, lack another, or are switched off."""
        if self.dynamic and self.direct:
            _refuse("dynamic_or_direct", "--dynamic and --direct exclude each other", _EXAMPLE)
        if self.is_flow:
            self._check_flow(selectors, tags, settings)
        elif self.prompt is not None and not selectors:
            _refuse("no_mode", "a sentence is run with --direct or --dynamic", _EXAMPLE)
        elif self.prompt is not None and len(selectors or ()) > 1:
            _refuse("several_benchmarks", "a prompt takes one benchmark", 'reev-runner 001 --prompt "send 0.1 SOL"')
        else:
            self._check_static()

    def _check_flow(self, selectors: Sequence[str] | None, tags: Sequence[str] | None, settings: Settings) -> None:
        if self.mode not in settings.dynamic_flows:
            on = ",".join((*settings.dynamic_flows, self.mode))
            told = f"the mode {self.mode} of dynamic flows is switched off"
            _refuse("mode_switched_off", told, f"REEV_DYNAMIC_FLOWS={on}, or dynamic_flows in reev.toml")
        if self.prompt is None:
            _refuse("missing_prompt", f"{self._flag} takes a sentence", _EXAMPLE)
        if selectors or tags:
            _refuse("prompt_or_benchmark", f"{self._flag} runs a sentence and no benchmark", _EXAMPLE)
        if self.keep_yml and self.direct:
            _refuse("no_file", "--direct writes no file to keep", _EXAMPLE.replace("--direct", "--dynamic --keep-yml"))

    @property
    def _flag(self) -> str:
        return "--dynamic" if self.dynamic else "--direct"

    def _check_static(self) -> None:
        given = {
            "--wallet": self.wallet,
            "--context": self.context,
            "--rpc-url": self.rpc_url,
            "--keep-yml": self.keep_yml,
            "--dry-run": self.dry_run,
        }
        for flag, value in given.items():
            if value:
                _refuse("no_flow", f"{flag} takes a sentence, with --direct or --dynamic", _EXAMPLE)


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

    dynamic = _options(request)
    market = embedded_sandbox(dynamic.market).market
    wallet = choose_wallet(
        request.wallet, request.context, request.rpc_url, prices_usd=market.prices, clock=options.clock
    )
    owner = wallet.on if isinstance(wallet.on, str) else wallet.on.owner
    source = DynamicFlow(prompt=request.prompt or "", wallet=owner)
    planned = plan_source(source, options, dynamic, wallet)
    if not json:
        show_plan(planned)
    elif request.dry_run:
        typer.echo(plan_json(planned))
    if request.dry_run:
        raise typer.Exit
    if not request.yes and sys.stdin.isatty() and sys.stderr.isatty():
        _ask()
    return Confirmed(request, planned)


def run_confirmed(chosen: Confirmed, options: SuiteOptions, observer: SuiteObserver) -> tuple[Outcome, ...]:
    """Execute a plan."""
    from reev_runner.dynamic import run_planned

    outcomes = run_planned(chosen.planned, options, _options(chosen.request), observer)
    if chosen.request.keep_yml:
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


def _options(request: FlowRequest) -> DynamicOptions:
    from reev_runner.dynamic import DynamicOptions

    return DynamicOptions(
        mode=request.mode, context=request.context, rpc_url=request.rpc_url, keep_yml=request.keep_yml
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
