"""A flow as a Mermaid diagram, in which every foreign text stays text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline_snapshot import snapshot

from reev_runner.report import diagram_of
from reev_types.atomicity import OnAbort
from reev_types.events import RunEnded, StepEnded, StepStarted, ToolCalled, ToolReturned
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
)
from reev_types.tools import Concluded, Failed, Observed, Refused

HOSTILE = [
    '"]; click A',
    "%%{init: {}}%%",
    "a\nb --> c",
    "`x`",
    "#quot;",
    "state x {",
    "<script>",
    "--> [*] : y",
    "é中🦀",
]


def started(step="swap", attempt=1, **facts):
    return StepStarted(
        step_id=step, **{"description": "", "critical": True, "prompt": "p", "attempt": attempt, **facts}
    )


def called(number, result=None, step="swap", tool="jupiter_swap", **facts):
    call = ToolCalled(step_id=step, call_id=f"c{number}", tool=tool, arguments={})
    if result is None:
        return (call,)
    return call, ToolReturned(step_id=step, call_id=f"c{number}", result=result, **facts)


def failed(attempt=1, step="swap", code="rate_limited"):
    failure = StepFailure(step_id=step, attempt=attempt, code=code, failure_class="rate_limit")
    return AttemptFailed(step_id=step, part_id=step, failure=failure)


def decided(decision, **facts):
    return RecoveryDecided(step_id="swap", **{"strategy": "retry", "decision": decision, **facts})


def ended(status="succeeded", step="swap", **facts):
    return StepEnded(step_id=step, critical=True, status=status, **facts)


def recovered(outcome="recovered", **facts):
    return RecoveryEnded(step_id="swap", **{"outcome": outcome, "failure_class": "rate_limit", **facts})


def body(*events):
    lines = [line.strip() for line in diagram_of(events).splitlines()]
    return [line for line in lines[1:] if not line.startswith("class")]


def test_a_recovered_step_shows_its_attempts_and_what_led_on():
    flow = (
        started(description="Swap SOL"),
        *called(1, Refused(code="rate_limited", message="later")),
        FaultInjected(step_id="swap", attempt=1, kind="rate_limited"),
        failed(),
        decided("wait", wait_ms=1_500, reason="rate_limited"),
        TimePassed(milliseconds=1_500, slots=3, seconds=1),
        decided("attempt"),
        started(attempt=2),
        *called(2, Observed(data={})),
        recovered(strategy="retry", missed=("not done: lend 5 USDC",)),
        ended(),
        RunEnded(status="passed", run_hash=""),
    )
    assert diagram_of(flow) == snapshot("""\
stateDiagram-v2
    state "✓ swap<br/>Swap SOL<br/>succeeded" as step1
    state step1 {
        state "jupiter_swap #35;1#58; refused, rate_limited" as s2
        [*] --> s2 : attempt 1
        state "✗ attempt 1 failed#58; rate_limited" as s3
        s2 --> s3
        state "jupiter_swap #35;2" as s4
        s3 --> s4 : retry waits 1.5 s#58; rate_limited, attempt 2
        state "recovered by retry, not done#58; lend 5 USDC" as s5
        s4 --> s5
        s5 --> [*]
    }
    [*] --> step1
    step1 --> [*] : passed
    classDef good fill:#dafbe1,stroke:#1a7f37,color:#1f2328
    classDef bad fill:#ffebe9,stroke:#cf222e,color:#1f2328
    classDef unsure fill:#fff8c5,stroke:#9a6700,color:#1f2328
    class step1 good
    class s2 bad
    class s3 bad
    class s4 good
    class s5 good
""")


def test_what_ends_a_flow_is_part_of_it():
    flow = (
        started(),
        ended("failed", reason="slippage_exceeded"),
        FlowAborted(step_id="swap", reason="step_failed", on_abort=OnAbort.COMPENSATE),
        StepCompensated(step_id="pay", by_step=None, reason="sent_away"),
        StepCompensated(step_id="lend", by_step="undo_lend"),
        StepCompensated(step_id="mint", by_step="undo_mint", reason="no_vault"),
        ended("skipped", "lend", reason="flow_aborted"),
    )
    assert body(*flow) == snapshot(
        [
            'state "✗ swap<br/>failed#58; slippage_exceeded" as step1',
            "[*] --> step1",
            'state "aborted, to be undone" as s2',
            "step1 --> s2 : failed",
            'state "pay not undone#58; sent_away" as s3',
            "s2 --> s3",
            'state "lend undone" as s4',
            "s3 --> s4",
            'state "mint not undone#58; no_vault" as s5',
            "s4 --> s5",
            'state "– lend<br/>skipped#58; flow_aborted" as step6',
            "s5 --> step6",
            "step6 --> [*] : interrupted",
        ]
    )


def test_a_rollback_says_whether_it_is_one():
    assert 'state "rolled back" as s1' in body(RolledBack(hash_before_flow="a", hash_now="a"))
    assert 'state "not rolled back" as s1' in body(RolledBack(hash_before_flow="a", hash_now="b"))


def test_a_question_and_its_answer_lead_on():
    question = Question(
        question_id="q", step_id="swap", text="What now?", choices=("retry", "abort"), default="abort", timeout_ms=1
    )
    flow = (
        started(),
        failed(),
        decided("ask"),
        QuestionAsked(question=question),
        QuestionAnswered(question_id="q", answer=Answer(choice="retry"), by="person"),
        decided("attempt", reason="retry"),
        started(attempt=2),
        failed(attempt=2),
        QuestionAsked(question=question.model_copy(update={"question_id": "r"})),
        QuestionAnswered(question_id="r", answer=Answer(choice="abort"), by="default"),
        recovered("aborted", strategy="user_fulfillment"),
    )
    drawn = body(*flow)
    assert "s3 --> s4 : retry, attempt 2" in drawn
    assert "s5 --> s6 : nobody answered, abort" in drawn
    assert 'state "not recovered #40;aborted#41; by user_fulfillment" as s6' in drawn


def test_an_interrupted_flow_that_went_on_says_so():
    drawn = body(started(), FlowResumed(interrupted_at=3, replayed=2), started(attempt=2), *called(1))
    assert drawn[2:6] == [
        'state "resumed, 2 transactions rebuilt" as s2',
        "[*] --> s2 : attempt 1",
        'state "jupiter_swap #35;1#58; no answer" as s3',
        "s2 --> s3 : attempt 2",
    ]
    assert drawn[-1] == "step1 --> [*] : interrupted"


def test_an_interruption_between_steps_stands_between_them():
    drawn = body(started(), ended(), FlowResumed(interrupted_at=3, replayed=0), started("lend"))
    assert drawn[2:4] == ['state "resumed, 0 transactions rebuilt" as s2', "step1 --> s2 : succeeded"]


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (called(1), "jupiter_swap #35;1#58; no answer"),
        (
            called(1, Failed(code="slippage_exceeded", message="", signature="S", fee_lamports=5_000)),
            "jupiter_swap #35;1#58; failed, slippage_exceeded",
        ),
        (called(1, Concluded(by="answer", text="42"), tool="answer"), "answer #35;1"),
        (called(1, Observed(data={}), repeated=True), "jupiter_swap #35;1#58; done already, not repeated"),
    ],
)
def test_a_call_says_what_came_of_it(call, told):
    assert f'state "{told}" as s2' in body(started(), *call, ended())


def test_calls_of_one_tool_are_numbered_through_the_flow():
    read = Observed(data={})
    drawn = body(started(), *called(1, read), ended(), started("b"), *called(2, read, "b"), *called(3, read, "b", "x"))
    names = [line for line in drawn if "#35;" in line]
    assert [re.sub(r" as .*", "", line) for line in names] == [
        'state "jupiter_swap #35;1"',
        'state "jupiter_swap #35;2"',
        'state "x #35;1"',
    ]


def test_a_part_of_a_rewritten_step_is_named():
    flow = (
        started(),
        failed(),
        decided("attempt", strategy="alternative_flow", alternative="split_in_two", changed="in 2 parts"),
        started(attempt=2, part_id="swap_part_1"),
        *called(1),
    )
    assert "s2 --> s3 : alternative_flow tries split_in_two, in 2 parts, attempt 2, swap_part_1" in body(*flow)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_stays_text(text):
    check_harmless(text)


@given(st.text(max_size=200))
def test_any_text_stays_text(text):
    check_harmless(text)


def check_harmless(text):
    """A diagram has the same lines whatever its texts say, and no mark in them that means something to Mermaid."""
    question = Question(question_id="q", step_id=text, text=text, choices=("retry",), default="retry", timeout_ms=1)
    flow = (
        started(text, description=text),
        *called(1, Refused(code=text, message=text), text, text),
        failed(step=text, code=text),
        QuestionAsked(question=question),
        QuestionAnswered(question_id="q", answer=Answer(choice="retry", amount=text), by="person"),
        started(text, 2, part_id=text),
        *called(2, None, text, text),
        ended("failed", text, reason=text),
    )
    labels = re.compile(r'(?<=state ")(?:[^"]*)(?=" as )|(?<= : ).*')
    lines = diagram_of(flow).splitlines()
    assert [line.strip().partition(" ")[0] for line in lines] == [
        *("stateDiagram-v2", "state", "state", "state", "[*]", "state", "s2", "state", "s3", "state", "s4", "s5"),
        *("}", "[*]", "step1", "classDef", "classDef", "classDef", *(["class"] * 5)),
    ]
    for line in lines[1:15]:
        for label in labels.findall(line):
            bare = re.sub(r"#\d+;|<br/>", "", label)
            assert all(character.isalnum() or character in " _.,✓✗–+-/$" for character in bare), label
