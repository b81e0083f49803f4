"""What recovery did, in words: in the tree of a run, its balances, and the plain line."""

from __future__ import annotations

import pytest
from rich.text import Text

from reev_runner.report._balances import balances
from reev_runner.report._names import Names
from reev_runner.report._plain import outcome_line
from reev_runner.report._recovery import decision_text, flow_line, note_lines
from reev_runner.report._style import Detail
from reev_runner.report._trace import trace_of
from reev_runner.report._tree import trace_tree
from reev_types.atomicity import OnAbort
from reev_types.events import StepEnded, StepStarted, ToolCalled, ToolReturned
from reev_types.recovery import Answer, Question, StepFailure
from reev_types.recovery_events import (
    AttemptFailed,
    FaultInjected,
    FlowAborted,
    FlowResumed,
    QuestionAnswered,
    QuestionAsked,
    RecoveryDecided,
    RecoveryEnded,
    RolledBack,
    StepCompensated,
    TimePassed,
    TransactionResent,
    TransactionUnanswered,
)
from reev_types.results import RecoveryMetrics
from reev_types.tokens import SOL_MINT
from reev_types.tools import Executed

FAILURE = StepFailure(step_id="swap", attempt=1, code="rate_limited", failure_class="rate_limit", message="later\n!")
QUESTION = Question(
    question_id="q", step_id="swap", text="What now?", choices=("retry", "abort"), default="abort", timeout_ms=1
)
SIGNATURE = "5" * 88


def started(attempt=1, **facts):
    return StepStarted(step_id="swap", description="", critical=False, prompt="do it", attempt=attempt, **facts)


def decided(decision, **facts):
    return RecoveryDecided(step_id="swap", **{"strategy": "retry", "decision": decision, **facts})


def recovered(outcome="recovered", **facts):
    return RecoveryEnded(step_id="swap", outcome=outcome, failure_class="rate_limit", **facts)


@pytest.fixture
def lines(passed, rendered):
    def draw(*events, detail=Detail.FULL):
        tree = trace_tree(Text("run"), passed.result, trace_of(events), detail)
        return [line.lstrip("│├└─ ") for line in rendered(lambda console: console.print(tree)).splitlines()]

    return draw


@pytest.mark.parametrize(
    ("note", "told"),
    [
        (FaultInjected(step_id="swap", attempt=1, kind="delay", detail="5 s"), "fault delay · 5 s"),
        (FaultInjected(step_id="swap", attempt=1, kind="garbage"), "fault garbage"),
        (FaultInjected(step_id="swap", attempt=1, kind="lost_reply", detail=SIGNATURE), "fault lost_reply · 5555…5555"),
        (TimePassed(milliseconds=1_250, slots=3, seconds=1), "1.25 s of the chain's time passed"),
        (
            TransactionUnanswered(step_id="swap", call_id="c", signature=SIGNATURE, code="rpc_unreachable"),
            "unanswered transaction 5555…5555 (rpc_unreachable)",
        ),
        (
            TransactionResent(step_id="swap", signature=SIGNATURE),
            "sent again transaction 5555…5555, the very same bytes",
        ),
        (
            AttemptFailed(step_id="swap", part_id="swap", failure=FAILURE),
            "✗ attempt 1 failed later ! (rate_limited, rate_limit)",
        ),
        (
            AttemptFailed(step_id="swap", part_id="swap_part_1", failure=FAILURE.model_copy(update={"message": ""})),
            "✗ attempt 1 of swap_part_1 failed rate_limited (rate_limited, rate_limit)",
        ),
        (decided("wait", wait_ms=3_000, reason="rate_limited"), "retry waits 3 s: rate_limited"),
        (QuestionAsked(question=QUESTION), "asked What now? (retry, abort)"),
        (
            QuestionAnswered(question_id="q", answer=Answer(choice="change_amount", amount="5 USDC"), by="person"),
            "answered change_amount: 5 USDC",
        ),
        (QuestionAnswered(question_id="q", answer=Answer(choice="abort"), by="default"), "nobody answered, so abort"),
    ],
)
def test_a_note_is_told_in_one_line(note, told):
    assert [line.plain for line in note_lines(note, Names())] == [told]


@pytest.mark.parametrize("note", [decided("ask"), decided("attempt")])
def test_what_follows_by_itself_has_no_line(note):
    assert not list(note_lines(note, Names()))


@pytest.mark.parametrize(
    ("decision", "told"),
    [
        (decided("wait", wait_ms=15_000, alternative="resume_after_outage"), "waits 15 s by resume_after_outage"),
        (decided("attempt"), "tries again"),
        (decided("attempt", alternative="halves", changed="in 2 parts"), "tries halves, in 2 parts"),
        (decided("pass", reason="permanent"), "passes: permanent"),
        (decided("pass", reason="not_applicable", alternative="halves"), "passes over halves: not_applicable"),
        (decided("ask", reason="slippage"), "asks: slippage"),
        (decided("skip", reason="person"), "leaves the step out: person"),
        (decided("abort", reason="default"), "gives up: default"),
        (decided("give_up", reason="nothing_helped"), "gives up: nothing_helped"),
    ],
)
def test_a_decision_says_what_is_done(decision, told):
    assert decision_text(decision) == told


@pytest.mark.parametrize(
    ("note", "told"),
    [
        (FlowResumed(interrupted_at=3, replayed=0), "resumed after an interruption"),
        (
            FlowResumed(interrupted_at=3, replayed=2),
            "resumed after an interruption · 2 transactions carried out again to rebuild the chain",
        ),
        (
            FlowAborted(step_id="swap", reason="step_failed", on_abort=OnAbort.LEAVE),
            "✗ aborted at swap: what was done stays",
        ),
        (
            RolledBack(hash_before_flow="a" * 64, hash_now="a" * 64),
            "✓ rolled back the chain is where it was, aaaa…aaaa",
        ),
        (
            RolledBack(hash_before_flow="a" * 64, hash_now="b" * 64),
            "✗ rolled back the chain is not where it was, bbbb…bbbb",
        ),
        (StepCompensated(step_id="pay", by_step=None, reason="irreversible"), "✗ not undone pay (irreversible)"),
        (
            StepCompensated(
                step_id="swap", by_step="undo_swap", cost_lamports=5_000, not_returned_raw={SOL_MINT: 1_000_000}
            ),
            "✓ undone swap by undo_swap · fees 0.000005 SOL · 0.001 SOL did not come back",
        ),
        (
            StepCompensated(step_id="swap", by_step="undo_swap", reason="slippage_exceeded"),
            "✗ not undone swap by undo_swap · fees 0 SOL (slippage_exceeded)",
        ),
    ],
)
def test_what_became_of_a_flow_is_told(note, told):
    assert flow_line(note).plain == told


def test_what_was_changed_and_missed_is_told():
    ended = recovered(
        strategy="alternative_flow",
        attempts=2,
        cost_lamports=10_000,
        changed=("in 2 parts",),
        missed=("not done: lend 5 USDC",),
        timing={"recovery_ms": 1_500},
    )
    assert [line.plain for line in note_lines(ended, Names())] == [
        "✓ recovered by alternative_flow · 2 more attempts · 1.5 s · fees 0.00001 SOL",
        "changed in 2 parts",
        "missed not done: lend 5 USDC",
    ]


def test_a_recovery_that_made_no_attempt_counts_none():
    (told,) = note_lines(recovered("skipped", strategy="user_fulfillment"), Names())
    assert told.plain == "– left out by user_fulfillment · 0 s"


def test_calls_hang_under_the_attempt_that_made_them(lines):
    call = ToolCalled(step_id="swap", call_id="1", tool="t", arguments={})
    done = Executed(signature="S", fee_lamports=5_000, balance_changes=())
    events = (
        started(),
        AttemptFailed(step_id="swap", part_id="swap", failure=FAILURE),
        decided("wait", wait_ms=1_000),
        TimePassed(milliseconds=1_000, slots=3, seconds=1),
        started(2, part_id="swap_part_1"),
        call,
        ToolReturned(step_id="swap", call_id="1", result=done, repeated=True),
        recovered(strategy="retry", attempts=1),
        StepEnded(step_id="swap", critical=False, status="succeeded"),
        RolledBack(hash_before_flow="a", hash_now="a"),
    )
    told = lines(*events)
    assert told[-9:] == [
        "✓ swap · succeeded",
        "attempt 1",
        "✗ attempt 1 failed later ! (rate_limited, rate_limit)",
        "retry waits 1 s",
        "attempt 2 · swap_part_1",
        "t()",
        "done in an earlier attempt, so nothing was carried out again",
        "✓ recovered by retry · 1 more attempt · 0 s",
        "✓ rolled back the chain is where it was, a",
    ]
    assert "attempt 2 · swap_part_1" in lines(*events, detail=Detail.VERBOSE)


def test_a_brief_tree_says_only_what_recovery_came_to(lines):
    failed = AttemptFailed(step_id="swap", part_id="swap", failure=FAILURE)
    told = lines(started(), failed, decided("wait"), recovered(), detail=Detail.BRIEF)
    assert "✓ recovered · 0 s" in told
    assert not any("waits" in line for line in told)


def test_time_that_passed_before_any_step_belongs_to_none():
    assert trace_of([TimePassed(milliseconds=1, slots=0, seconds=0)]).parts == []


def test_after_a_rollback_the_balances_are_those_before(passed):
    trace = trace_of((*passed.events, RolledBack(hash_before_flow="a", hash_now="a")))
    assert all(row.before_raw == row.after_raw for row in balances(trace))
    assert any(row.before_raw != row.after_raw for row in balances(trace_of(passed.events)))


def test_a_plain_line_counts_recoveries(passed):
    recovery = RecoveryMetrics(successful_recoveries=2, failed_recoveries=1, total_attempts=5)
    flow = passed.result.flow.model_copy(update={"recovery": recovery})
    trial = type(passed)(passed.result.model_copy(update={"flow": flow}), passed.events)
    assert " recovered 2/3 attempts 5" in outcome_line(trial)
