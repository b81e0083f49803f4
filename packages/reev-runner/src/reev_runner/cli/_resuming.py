"""``--resume``: going on with a session that was interrupted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from ._asker import terminal_asker
from ._telling import observed, told

if TYPE_CHECKING:
    from ._flow_request import FlowRequest
    from ._options import ChoiceFlags, ModelFlags, OutputFlags, SettingFlags

__all__ = ["go_on"]

_EXAMPLE = "reev-runner --resume 20261122-222826-ad876f68ffdd"


def go_on(
    session: str,
    request: FlowRequest,
    settings: SettingFlags,
    models: ModelFlags,
    output: OutputFlags,
    choice: ChoiceFlags,
    selectors: Sequence[str] | None,
) -> NoReturn:
    """Go on with a session and report it; raises UsageError for options that its journal has answered already."""
    _check(request, settings, choice, selectors)
    from reev_runner.execution import FlowSetup
    from reev_runner.suite import SuiteOptions, resume_session

    from ._models import model_options

    resolved = settings.resolved()
    options = SuiteOptions(
        out=resolved.out,
        templates=resolved.templates,
        models=model_options(models, resolved.seed),
        setup=FlowSetup(asker=terminal_asker()),
    )
    with observed(json=output.json, session=session) as observer:
        trial = resume_session(session, options, observer)
    told((trial,), None, output)


def _check(request: FlowRequest, settings: SettingFlags, choice: ChoiceFlags, selectors: Sequence[str] | None) -> None:
    more = {"a benchmark": selectors, "--agent": settings.agent, "--seed": settings.seed, "--tag": choice.tag}
    for named in (*(name for name, value in more.items() if value), *request.given):
        from reev_types.errors import UsageError

        why = f"--resume goes on with what its session began with: {named} cannot be given"
        raise UsageError("resume_alone", why, suggestions=(_EXAMPLE,))
