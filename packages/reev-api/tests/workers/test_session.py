"""Sessions in this process, without a server around them."""

from __future__ import annotations

import asyncio

import pytest

from reev_api.workers import BenchmarkOrder, Ended, Failed, FlowOrder, FlowTermsOrder, Happened, Planned, Start, Stopped
from reev_api.workers._session import Session
from reev_runner.journal import RunStore, read_journal
from reev_runner.system import SystemClock
from reev_types.recovery import Answer, RecoveryConfig

RECOVERY = FlowTermsOrder(recovery=RecoveryConfig())
ASKING = RecoveryConfig(enable_retry=False, enable_user_fulfillment=True, question_timeout_ms=60_000)
SWAP = FlowOrder(prompt="swap 0.1 SOL to USDC", wallet="demo:balanced")


@pytest.fixture
def session(tmp_path):
    """Makes a session that keeps what it says."""

    def make(order, session_id="s-1"):
        said = []
        return Session(Start(session_id=session_id, order=order), tmp_path, SystemClock(), said.append), said

    return make


def _cut(tmp_path, keep):
    """Leave the first lines of the journal, and half of the next, as a crash does."""
    path = tmp_path / "s-1" / "journal.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:keep]) + (lines[keep][:20] if keep < len(lines) else b""))
    return len(lines)


async def test_a_flow_says_its_plan_then_its_events_then_what_it_came_to(session, tmp_path):
    flow, said = session(SWAP)
    ended = await flow.run()
    assert isinstance(ended, Ended)
    assert (ended.outcome, ended.events) == ("passed", len(said) - 1)
    assert isinstance(said[0], Planned)
    assert [each.data for each in said[1:]] == (tmp_path / "s-1" / "journal.jsonl").read_text().splitlines()
    assert (tmp_path / "s-1" / "result.json").exists()


async def test_an_event_is_in_the_journal_before_it_is_said(tmp_path):
    def check(report):
        if isinstance(report, Happened):
            assert (tmp_path / "s-1" / "journal.jsonl").read_text().splitlines()[report.seq] == report.data

    await Session(Start(session_id="s-1", order=SWAP), tmp_path, SystemClock(), check).run()


async def test_a_benchmark_has_no_plan(session):
    flow, said = session(BenchmarkOrder(benchmark_id="001-sol-transfer"))
    assert (await flow.run()).outcome == "passed"
    assert not any(isinstance(each, Planned) for each in said)


async def test_a_dry_run_leaves_nothing_behind(session, tmp_path):
    flow, said = session(SWAP.model_copy(update={"dry_run": True}))
    assert await flow.run() == Ended(session_id="s-1", events=0, outcome=None, result=None)
    assert [type(each) for each in said] == [Planned]
    assert list(tmp_path.iterdir()) == []


async def test_a_sentence_that_nobody_understands_fails_with_the_planners_problem(session, tmp_path):
    flow, _ = session(SWAP.model_copy(update={"prompt": "make me rich"}))
    failed = await flow.run()
    assert isinstance(failed, Failed)
    assert (failed.events, failed.problem.status) == (0, 422)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("keep", [1, 2, 3, 5, 8])
async def test_a_flow_that_recovers_goes_on_from_any_line_of_its_journal(session, tmp_path, keep):
    order = SWAP.model_copy(update={"terms": RECOVERY})
    whole = await session(order)[0].run()
    _cut(tmp_path, keep)
    flow, said = session(order)
    ended = await flow.run()
    assert (ended.outcome, whole.outcome) == ("passed", "passed")
    events = read_journal(tmp_path / "s-1")
    assert [event.seq for event in events] == list(range(ended.events))
    assert [event.type for event in events].count("transaction_sent") == 1
    assert said[0].seq == keep


async def test_a_flow_that_does_not_recover_is_ended_where_it_was(session, tmp_path):
    await session(SWAP)[0].run()
    _cut(tmp_path, 4)
    failed = await session(SWAP)[0].run()
    assert (failed.problem.code, failed.events) == ("interrupted", 5)
    assert read_journal(tmp_path / "s-1")[-1].type == "run_ended"


async def test_a_flow_that_had_ended_is_only_concluded(session, tmp_path):
    first = await session(SWAP)[0].run()
    flow, said = session(SWAP)
    assert (await flow.run(), said) == (first, [])


async def test_a_journal_without_a_line_is_begun(session, tmp_path):
    await session(SWAP)[0].run()
    _cut(tmp_path, 0)
    assert (await session(SWAP)[0].run()).outcome == "passed"
    assert [event.type for event in read_journal(tmp_path / "s-1")].count("run_started") == 1


async def test_a_journal_that_somebody_has_open_is_waited_for(session, tmp_path):
    order = SWAP.model_copy(update={"terms": RECOVERY})
    await session(order)[0].run()
    _cut(tmp_path, 4)
    other = RunStore(tmp_path).reopen_session(tmp_path / "s-1")
    going = asyncio.create_task(session(order)[0].run())
    await asyncio.sleep(0.05)
    assert not going.done()
    other.close()
    assert (await going).outcome == "passed"


async def test_a_question_is_answered_from_outside(session):
    flow, said = session(BenchmarkOrder(benchmark_id="408-two-recipients", terms=FlowTermsOrder(recovery=ASKING)))
    going = asyncio.create_task(flow.run())
    question = await _question(said)
    flow.asker.answer("other", Answer(choice="retry"))
    flow.asker.answer(question.question_id, Answer(choice="skip"))
    flow.asker.answer(question.question_id, Answer(choice="abort"))
    await going
    answered = [each for each in said if getattr(each, "type", "") == "question_answered"]
    assert len(answered) == 1
    assert '"choice":"skip"' in answered[0].data


async def test_a_flow_that_is_stopped_tells_what_has_landed_and_ends_its_journal(session, tmp_path):
    flow, said = session(BenchmarkOrder(benchmark_id="408-two-recipients", terms=FlowTermsOrder(recovery=ASKING)))
    going = asyncio.create_task(flow.run())
    await _question(said)
    going.cancel()
    stopped = await going
    assert isinstance(stopped, Stopped)
    events = read_journal(tmp_path / "s-1")
    landed = [e.outcome.signature for e in events if e.type == "transaction_returned" and e.outcome.landed]
    assert landed
    assert [each.signature for each in stopped.landed] == landed
    assert (events[-1].error, stopped.events) == ("stopped on request", len(events))


async def _question(said):
    from reev_types.events import read_event

    for _ in range(2_000):
        asked = [each for each in said if getattr(each, "type", "") == "question_asked"]
        if asked:
            return read_event(asked[0].data).question
        await asyncio.sleep(0.005)
    raise AssertionError([getattr(each, "type", "") for each in said])
