"""``reev-runner`` and ``reev run``: run benchmarks, report, and say by the exit status how it went."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ._flow_options import (
    BridgeOption,
    ContextOption,
    DirectOption,
    DryRunOption,
    KeepOption,
    PromptOption,
    RpcOption,
    WalletOption,
    YesOption,
)
from ._flows import FlowRequest, confirmed, errors_as_json, run_confirmed, run_hybrid
from ._options import (
    AgentOption,
    ConfigOption,
    CostOption,
    JobsOption,
    JsonOption,
    OutOption,
    RecordOption,
    ReplayOption,
    SeedOption,
    SolReserveOption,
    TemperatureOption,
    TimeoutOption,
    TokensOption,
    ToolCallsOption,
    TurnsOption,
    VerboseOption,
    VersionOption,
)
from ._settings import resolve

if TYPE_CHECKING:
    from reev_runner.suite import Outcome, SuiteObserver, SuiteOptions
    from reev_types.plans import DynamicFlowPlan

__all__ = ["EXAMPLES", "run"]

EXAMPLES = """\b
Examples:
  {program} 001-sol-transfer              one benchmark, with its whole trace
  {program} 001 002 my-benchmark.yml      by number, by file
  {program} benchmarks/ --tag transfer    a folder, filtered by tag
  {program} benchmarks/ --json            for programs; --junit FILE for CI
  {program} 100 --agent glm-4.6-coding    with a language model; reev agents lists them
  {program} 100 --agent local --record tapes    and again offline: --replay tapes
  {program} --direct --prompt "swap 0.1 SOL to USDC" --wallet demo:balanced
  {program} --dynamic --prompt "swap 0.1 SOL to USDC" --wallet ADDRESS --agent glm-4.6-coding

\b
Exit status: 0 all passed, 1 some failed, 2 wrong usage or a bad file,
3 the environment failed; of several, the highest.
"""


def run(
    selectors: Annotated[
        list[str] | None,
        # Told of in the text above the options, where there is room for it.
        typer.Argument(metavar="PATH_OR_ID", hidden=True),
    ] = None,
    agent: AgentOption = None,
    seed: SeedOption = None,
    tag: Annotated[
        list[str] | None, typer.Option(metavar="TAG", help="Only benchmarks with this tag; may be given repeatedly.")
    ] = None,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Stop after the first that does not pass.")] = False,
    json: JsonOption = False,
    junit: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the results as JUnit XML to this file too.")
    ] = None,
    out: OutOption = None,
    verbose: VerboseOption = False,
    jobs: JobsOption = 1,
    record: RecordOption = None,
    replay: ReplayOption = None,
    temperature: TemperatureOption = None,
    max_turns: TurnsOption = 24,
    max_tool_calls: ToolCallsOption = 20,
    max_tokens: TokensOption = None,
    max_cost_usd: CostOption = None,
    timeout: TimeoutOption = None,
    sol_reserve: SolReserveOption = None,
    dynamic: BridgeOption = False,
    direct: DirectOption = False,
    prompt: PromptOption = None,
    wallet: WalletOption = None,
    context: ContextOption = None,
    rpc_url: RpcOption = None,
    keep_yml: KeepOption = False,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    config: ConfigOption = None,
    version: VersionOption = False,
) -> None:
    """Run benchmarks in an in-process Solana VM and judge the final chain state.

    PATH_OR_ID is a benchmark file, a folder of them, or a built-in benchmark by its id or number.
    """
    request = FlowRequest(dynamic, direct, prompt, wallet, context, rpc_url, keep_yml, yes, dry_run)
    settings = resolve({"agent": agent, "seed": seed, "out": out}, os.environ, config)
    request.check(selectors, tag, settings)
    from reev_runner.report import exit_status, write_junit
    from reev_runner.suite import SuiteOptions

    from ._models import model_options, require_recorded, reserve_lamports

    require_recorded(agent, replay)
    models = model_options(
        record=record,
        replay=replay,
        temperature=temperature,
        seed=settings.seed,
        max_turns=max_turns,
        max_tool_calls=max_tool_calls,
        max_tokens=max_tokens,
        max_cost_usd=max_cost_usd,
        timeout_s=timeout,
    )
    options = SuiteOptions(
        agent=settings.agent,
        seed=settings.seed,
        out=settings.out,
        tags=tuple(tag or ()),
        fail_fast=fail_fast,
        sol_reserve_lamports=reserve_lamports(sol_reserve),
        models=models,
        jobs=jobs,
    )
    outcomes, plan = _outcomes(request, selectors, options, json=json)
    try:
        _report(outcomes, plan, json=json, verbose=verbose)
    finally:
        # A reader that closes the pipe early does not want less in the file.
        if junit is not None:
            write_junit(junit, outcomes)
    raise typer.Exit(exit_status(outcomes))


def _outcomes(
    request: FlowRequest, selectors: Sequence[str] | None, options: SuiteOptions, *, json: bool
) -> tuple[Sequence[Outcome], DynamicFlowPlan | None]:
    """Run what is asked for; return what became of it, and of a sentence its plan."""
    if request.is_flow:
        with errors_as_json(json):
            chosen = confirmed(request, options, json=json)
        with _observer(json=json) as observer:
            return run_confirmed(chosen, options, observer), chosen.planned.plan
    from reev_runner.suite import run_suite

    named = _named(selectors)
    with _observer(json=json) as observer:
        if request.prompt is not None:
            return run_hybrid(named[0], request.prompt, options, observer), None
        return run_suite(named, options, observer), None


def _named(selectors: Sequence[str] | None) -> Sequence[str]:
    from reev_types.errors import UsageError

    if not selectors:
        raise UsageError(
            "nothing_to_run",
            "name a benchmark: a file, a folder or an id",
            suggestions=("reev-runner 001-sol-transfer", "reev list shows the built-in ones"),
        )
    return selectors


@contextmanager
def _observer(*, json: bool) -> Iterator[SuiteObserver]:
    """Yield who tells people how a suite goes: on two terminals a moving line, in a pipe plain lines, else nobody."""
    from reev_runner.report import LiveProgress, PlainProgress, console_on
    from reev_runner.suite import SilentObserver

    if sys.stderr.isatty() and (json or sys.stdout.isatty()):
        with LiveProgress(console_on(sys.stderr)) as live:
            yield live
    elif json or sys.stdout.isatty():
        yield SilentObserver()
    else:
        yield PlainProgress(console_on(sys.stdout).file)


def _report(outcomes: Sequence[Outcome], plan: DynamicFlowPlan | None, *, json: bool, verbose: bool) -> None:
    from reev_runner.report import console_on, json_report, print_suite

    if json:
        typer.echo(json_report(outcomes, plan))
        return
    console = console_on(sys.stdout)
    if not sys.stdout.isatty():
        console.print()
    print_suite(console, outcomes, verbose=verbose, overview=sys.stdout.isatty())
