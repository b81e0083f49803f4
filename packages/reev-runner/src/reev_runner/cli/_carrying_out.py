"""What ``run`` and ``exec`` have in common: run what is asked for, report it, and exit as it went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from ._flow_request import FlowRequest
from ._flows import confirmed, errors_as_json, run_confirmed, run_hybrid
from ._options import ChoiceFlags, ModelFlags, OutputFlags, SettingFlags
from ._telling import observed, told

if TYPE_CHECKING:
    from reev_runner.suite import Outcome, SuiteOptions
    from reev_types.plans import DynamicFlowPlan

    from ._settings import Settings

__all__ = ["carry_out"]


def carry_out(
    request: FlowRequest,
    settings: SettingFlags,
    models: ModelFlags,
    output: OutputFlags,
    choice: ChoiceFlags,
    selectors: Sequence[str] | None = None,
) -> NoReturn:
    """Run the benchmarks or the sentence; raises UsageError for options that do not go together."""
    resolved = settings.resolved(request.recovering.given)
    request.check(selectors, choice.tag, resolved)
    from ._models import require_recorded

    require_recorded(settings.agent, models.replay)
    options = _suite_options(request, resolved, models, choice)
    outcomes, plan = _outcomes(request, selectors, options, json=output.json)
    told(outcomes, plan, output)


def _suite_options(request: FlowRequest, settings: Settings, models: ModelFlags, choice: ChoiceFlags) -> SuiteOptions:
    from reev_runner.suite import SuiteOptions

    from ._models import model_options, reserve_lamports

    return SuiteOptions(
        agent=settings.agent,
        seed=settings.seed,
        out=settings.out,
        tags=tuple(choice.tag or ()),
        fail_fast=choice.fail_fast,
        models=model_options(models, settings.seed),
        sol_reserve_lamports=reserve_lamports(request.wallet.sol_reserve),
        jobs=choice.jobs,
        templates=settings.templates,
        setup=request.recovery.setup(settings),
    )


def _outcomes(
    request: FlowRequest, selectors: Sequence[str] | None, options: SuiteOptions, *, json: bool
) -> tuple[Sequence[Outcome], DynamicFlowPlan | None]:
    """Run what is asked for; return what became of it, and of a sentence its plan."""
    if request.is_flow:
        with errors_as_json(json):
            chosen = confirmed(request, options, json=json)
        with observed(json=json) as observer:
            return run_confirmed(chosen, options, observer), chosen.planned.plan
    from reev_runner.suite import run_suite

    named = _named(selectors)
    with observed(json=json) as observer:
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
