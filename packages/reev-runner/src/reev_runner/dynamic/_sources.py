"""Where test cases come from, and one call that runs any of them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, assert_never

from reev_runner.execution import embedded_sandbox
from reev_runner.files import find_benchmarks, load_case
from reev_runner.suite import Job, Outcome, SuiteObserver, SuiteOptions, in_own_loop, renderer, run_jobs, run_suite
from reev_types.benchmarks import DEFAULT_MARKET, BenchmarkSource, DynamicFlow, Hybrid, StaticFile, TestCase, TestStep
from reev_types.errors import UsageError

from ._cases import bridged_case, direct_case
from ._document import document_of
from ._planning import PlannedFlow, plan_flow
from ._trace import within
from ._wallets import WalletChoice, choose_wallet

__all__ = ["DynamicOptions", "FlowMode", "plan_source", "run_benchmarks_with_source", "run_planned", "source_of"]

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
            return run_jobs([_hybrid(source)], options, observer)
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
    reserve = options.sol_reserve_lamports
    return in_own_loop(lambda: plan_flow(source.prompt, chosen, options.clock, dynamic.market, reserve))


def run_planned(
    planned: PlannedFlow, options: SuiteOptions, dynamic: DynamicOptions, observer: SuiteObserver | None = None
) -> tuple[Outcome, ...]:
    """Run a plan; raises StorageError ``cannot_write_flow`` in bridge mode, and as ``run_suite``."""
    started = options.clock.monotonic()
    document = document_of(planned.plan, renderer(), dynamic.market)
    timing = planned.timing | {
        "prompt_generation_ms": round((options.clock.monotonic() - started) * 1_000, 3),
        "source": {"mode": dynamic.mode, "wallet": planned.wallet.about},
        "reproduce": _command(planned, options, dynamic),
    }
    with within(planned.trace), _job(document, timing, options, dynamic) as job:
        return run_jobs([job], options, observer)


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
    agent = options.agent if isinstance(options.agent, str) else options.agent.name
    mode = "--dynamic" if dynamic.mode == "bridge" else "--direct"
    run = ["reev", "exec", mode, planned.plan.user_prompt, *planned.wallet.arguments]
    return [*run, "--agent", agent, "--seed", str(options.seed)]


def _hybrid(source: Hybrid) -> Job:
    if source.path is None or source.prompt is None:
        raise UsageError("hybrid_incomplete", "a hybrid has a benchmark and a prompt")
    (path, *_) = find_benchmarks([source.path])
    return Job(_with_prompt(load_case(path), source.prompt), path)


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
