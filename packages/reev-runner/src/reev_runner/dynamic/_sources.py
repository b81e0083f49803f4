"""Where test cases come from, and one call that runs any of them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, assert_never

from reev_runner.execution import embedded_sandbox, repeats_setup
from reev_runner.files import find_benchmarks, load_case
from reev_runner.suite import Job, Outcome, SuiteObserver, SuiteOptions, in_own_loop, renderer, run_jobs, run_suite
from reev_types.amounts import DEFAULT_SOL_RESERVE_LAMPORTS, format_ui
from reev_types.benchmarks import DEFAULT_MARKET, BenchmarkSource, DynamicFlow, Hybrid, StaticFile, TestCase, TestStep
from reev_types.errors import UsageError
from reev_types.plans import DynamicFlowPlan
from reev_types.tokens import SOL

from ._cases import bridged_case, direct_case
from ._document import document_of
from ._planning import FlowTerms, PlannedFlow, plan_flow
from ._trace import within
from ._wallets import WalletChoice, choose_wallet

if TYPE_CHECKING:
    from reev_orchestrator.reading import SentenceReader

__all__ = [
    "DynamicOptions",
    "FlowMode",
    "plan_source",
    "planned_job",
    "run_benchmarks_with_source",
    "run_planned",
    "source_of",
]

FlowMode = Literal["bridge", "direct"]


@dataclass(frozen=True, slots=True)
class DynamicOptions:
    """How dynamic flows are run beyond ``SuiteOptions``."""

    mode: FlowMode = "direct"
    """By way of a YAML file, or in memory."""
    context: Path | None = None
    """The file with the wallet's holdings, instead of ``rpc_url`` or a mock wallet."""
    rpc_url: str | None = None
    market: str = DEFAULT_MARKET
    max_slippage_bps: int | None = None
    """What a swap may come out worse than quoted, and move the price, in basis points; None leaves it to the tool."""
    reader: SentenceReader | None = None
    """Who reads sentences, such as a ``model_reader``; None for the grammar."""
    keep_yml: bool = False
    """Leave the bridge's file where it is."""
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    """``TMPDIR`` names the folder of the bridge's file."""

    @property
    def folder(self) -> Path:
        """Where the bridge writes."""
        return Path(self.environment.get("TMPDIR") or tempfile.gettempdir())


def source_of(path: str | None, prompt: str | None, wallet: str | None) -> BenchmarkSource:
    """Return what is meant: a file, a file with another prompt, or a prompt on a wallet (its address).

    Raises UsageError ``no_source`` when none of them is.
    """
    if path is not None:
        return StaticFile(path=path) if prompt is None else Hybrid(path=path, prompt=prompt)
    if prompt is None or wallet is None:
        raise UsageError("no_source", "expected a benchmark, or a prompt with a wallet")
    return DynamicFlow(prompt=prompt, wallet=wallet)


def run_benchmarks_with_source(
    source: BenchmarkSource,
    options: SuiteOptions,
    dynamic: DynamicOptions | None = None,
    observer: SuiteObserver | None = None,
) -> tuple[Outcome, ...]:
    """Run what a source has, journalled as ``run_suite`` does.

    Raises as ``run_suite``, for a dynamic flow as ``plan_source``, for a hybrid UsageError ``hybrid_incomplete`` and
    ``hybrid_flow``, BenchmarkError for its file.
    """
    match source:
        case StaticFile(path=path):
            return run_suite([path], options, observer)
        case DynamicFlow():
            chosen = dynamic or DynamicOptions()
            return run_planned(plan_source(source, options, chosen), options, chosen, observer)
        case Hybrid():
            return run_jobs([_hybrid(source, options)], options, observer)
        case _:
            assert_never(source)


def plan_source(
    source: DynamicFlow, options: SuiteOptions, dynamic: DynamicOptions, wallet: WalletChoice | None = None
) -> PlannedFlow:
    """Plan a sentence on its wallet, or on the ``wallet`` that was chosen already.

    Raises UserError with the place in the sentence for what is not understood, is asked back or cannot be done;
    BackendError when a source of context does not answer.
    """
    prices_usd = embedded_sandbox(dynamic.market).market.prices
    chosen = wallet or choose_wallet(
        source.wallet if dynamic.context is None else None,
        dynamic.context,
        dynamic.rpc_url,
        prices_usd=prices_usd,
        clock=options.clock,
    )
    terms = FlowTerms(dynamic.market, options.sol_reserve_lamports, dynamic.max_slippage_bps, dynamic.reader)
    return in_own_loop(lambda: plan_flow(source.prompt, chosen, options.clock, terms))


def run_planned(
    planned: PlannedFlow, options: SuiteOptions, dynamic: DynamicOptions, observer: SuiteObserver | None = None
) -> tuple[Outcome, ...]:
    """Run a plan; raises StorageError ``cannot_write_flow`` in bridge mode, and as ``run_suite``."""
    with planned_job(planned, options, dynamic) as job:
        return run_jobs([job], options, observer)


@contextmanager
def planned_job(planned: PlannedFlow, options: SuiteOptions, dynamic: DynamicOptions) -> Iterator[Job]:
    """Yield what a plan comes to as a job; in bridge mode its file exists, and is locked, until the context ends.

    Spans that begin in the context are part of the flow's trace. Raises as ``run_planned``.
    """
    started = options.clock.monotonic()
    document = document_of(_as_run(planned.plan, options), renderer(options.templates), dynamic.market)
    timing = planned.timing | {
        "prompt_generation_ms": round((options.clock.monotonic() - started) * 1_000, 3),
        "source": {"mode": dynamic.mode, "wallet": planned.wallet.about} | _reader(planned),
        "reproduce": _command(planned, options, dynamic),
    }
    with within(planned.trace), _job(document, timing, options, dynamic) as job:
        yield job


def _as_run(plan: DynamicFlowPlan, options: SuiteOptions) -> DynamicFlowPlan:
    """Return the plan in the mode that it is run in, which its prompts name."""
    mode = options.setup.atomic_mode
    return plan if mode is None else plan.model_copy(update={"atomic_mode": mode})


@contextmanager
def _job(
    document: Mapping[str, Any], timing: Mapping[str, Any], options: SuiteOptions, dynamic: DynamicOptions
) -> Iterator[Job]:
    if dynamic.mode == "direct":
        yield Job(direct_case(document), timing=timing)
        return
    folder, name = dynamic.folder, options.ids.session_id()
    with bridged_case(document, folder, name, keep=dynamic.keep_yml) as bridged:
        kept = {"kept": str(bridged.path)} if dynamic.keep_yml else {}
        yield Job(bridged.case, timing={**timing, **kept})


def _command(planned: PlannedFlow, options: SuiteOptions, dynamic: DynamicOptions) -> list[str]:
    mode = "--dynamic" if dynamic.mode == "bridge" else "--direct"
    plan = planned.plan
    # What a model read once it may read otherwise next time; the grammar reads the echo of it for ever alike.
    sentence = plan.normalised_prompt if _reader(planned) else plan.user_prompt
    run = ["reev", "exec", mode, sentence, *planned.wallet.arguments]
    return [*run, *_terms(options, dynamic), *_agent(options)]


def _agent(options: SuiteOptions) -> list[str]:
    agent = options.agent if isinstance(options.agent, str) else options.agent.name
    return ["--agent", agent, "--seed", str(options.seed)]


def _reader(planned: PlannedFlow) -> dict[str, str]:
    told = planned.plan.metadata
    return {key: told[key] for key in ("planner", "planner_model") if key in told}


def _terms(options: SuiteOptions, dynamic: DynamicOptions) -> Iterator[str]:
    """Yield the options that are not what they are without a word."""
    if dynamic.market != DEFAULT_MARKET:
        yield from ("--market", dynamic.market)
    if dynamic.max_slippage_bps is not None:
        yield from ("--max-slippage-bps", str(dynamic.max_slippage_bps))
    if options.sol_reserve_lamports != DEFAULT_SOL_RESERVE_LAMPORTS:
        yield from ("--sol-reserve", format_ui(options.sol_reserve_lamports, SOL.decimals))
    if options.templates is not None:
        yield from ("--templates", str(options.templates))
    yield from repeats_setup(options.setup)


def _hybrid(source: Hybrid, options: SuiteOptions) -> Job:
    if source.path is None or source.prompt is None:
        raise UsageError("hybrid_incomplete", "a hybrid has a benchmark and a prompt")
    (path, *_) = find_benchmarks([source.path])
    command = ["reev-runner", source.path, "--prompt", source.prompt, *_terms(options, DynamicOptions())]
    timing = {"reproduce": [*command, *_agent(options)]}
    return Job(_with_prompt(load_case(path), source.prompt), path, timing=timing)


def _with_prompt(case: TestCase, prompt: str) -> TestCase:
    """Return the case with another request; a flow has one for each step, and none of them would be meant."""
    if len(case.steps) > 1:
        raise UsageError(
            "hybrid_flow",
            f"{case.id} is a flow of {len(case.steps)} steps, which one prompt cannot replace",
            suggestions=("give a benchmark with one request",),
        )
    step = TestStep.model_validate(case.steps[0].to_json() | {"prompt": prompt})
    return case.model_copy(update={"prompt": prompt, "steps": (step,)})
