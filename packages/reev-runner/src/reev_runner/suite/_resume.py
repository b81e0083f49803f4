"""Going on with a session that was interrupted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial

from reev_runner.execution import AgentChoice, FlowSetup, choose_agent, resumable
from reev_runner.journal import RunStore, SessionFiles, fold, read_journal
from reev_types.events import AcceptedFlow, Event, RunStarted

from ._loop import in_own_loop
from ._observer import SilentObserver, SuiteObserver
from ._options import SuiteOptions
from ._outcomes import Trial
from ._sink import SessionSink
from ._suite import trial_runner

__all__ = ["go_on", "resume_session"]


def resume_session(session: str, options: SuiteOptions, observer: SuiteObserver | None = None) -> Trial:
    """Go on with an interrupted session, given by id or folder, and return what it comes to.

    Agent, seed, case, recovery and limits are those of its journal; ``options`` say where sessions are, how models are
    reached and who is asked. What has landed is not done again. Raises UsageError ``unknown_session``,
    ``not_resumable`` or ``already_ended``, StorageError ``session_in_use`` or ``rebuild_differs``.
    """
    watching = observer or SilentObserver()
    store = RunStore(options.out)
    folder = store.find(session)
    with closing(store.reopen_session(folder)) as files:
        past = read_journal(folder)
        benchmark_id = resumable(past)[0].benchmark_id
        watching.started(1)
        watching.trial_started(benchmark_id)
        events = in_own_loop(lambda: go_on(past, files, options, partial(watching.event, benchmark_id)))
        trial = Trial(fold(events), events)
        files.write_result(trial.result)
    store.commit()
    watching.finished(trial)
    return trial


async def go_on(
    past: Sequence[Event], files: SessionFiles, options: SuiteOptions, announce: Callable[[Event], None]
) -> tuple[Event, ...]:
    """Go on with the session of ``files``, which are open, and return its events, old ones first.

    ``announce`` gets the new ones. Raises as ``resume_session``.
    """
    started, flow = resumable(past)
    choice = _agent(started.agent, options)
    choice.check(started.benchmark_id)
    runner = trial_runner(_as_it_was(options, started, flow))
    return await runner.resume(past, choice, sink=SessionSink(files, announce, can_go_on=True))


def _agent(name: str, options: SuiteOptions) -> AgentChoice:
    """Return the agent of the session: by its name, or the caller's own where that is its name."""
    own = options.agent
    return choose_agent(own if not isinstance(own, str) and own.name == name else name, options.models)


def _as_it_was(options: SuiteOptions, started: RunStarted, flow: AcceptedFlow) -> SuiteOptions:
    return replace(
        options,
        sol_reserve_lamports=started.sol_reserve_lamports,
        models=replace(options.models, limits=flow.limits),
        setup=FlowSetup(alternatives=flow.alternatives, asker=options.setup.asker),
    )
