import pytest
from rich.text import Text

from reev_runner.report._style import Detail
from reev_runner.report._trace import trace_of
from reev_runner.report._tree import trace_tree
from reev_types.agents import Completed, GaveUp, LimitReached, RefusedByAgent
from reev_types.events import StepEnded, StepStarted, ToolCalled, ToolReturned
from reev_types.tools import Concluded, Refused


def started(step_id="swap", **facts):
    return StepStarted(step_id=step_id, **{"description": "", "critical": False, "prompt": "do it", **facts})


def ended(outcome=None, status="succeeded", step_id="swap", **facts):
    return StepEnded(step_id=step_id, critical=False, status=status, outcome=outcome, **facts)


@pytest.fixture
def lines(passed, rendered):
    def draw(*events, detail=Detail.FULL):
        tree = trace_tree(Text("run"), passed.result, trace_of(events), detail)
        return [line.lstrip("│├└─ ") for line in rendered(lambda console: console.print(tree)).splitlines()]

    return draw


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (Completed(answer="You hold\n1 SOL."), "answered You hold 1 SOL."),
        (RefusedByAgent(code="unsafe_request"), "refused by the agent (unsafe_request)"),
        (RefusedByAgent(code="unsafe_request", reason="no"), "refused by the agent: no (unsafe_request)"),
        (GaveUp(code="lost", reason="no idea"), "gave up no idea (lost)"),
        (LimitReached(which="timeout"), "stopped by the limit on time"),
        (LimitReached(which="tool_calls"), "stopped by the limit on the number of tool calls"),
    ],
)
def test_how_a_step_ended_is_told(lines, outcome, told):
    assert lines(started(), ended(outcome))[-1] == told


def test_a_silent_completion_has_no_line_of_its_own(lines):
    assert lines(started(), ended(Completed()))[-1] == "✓ swap · succeeded"


def test_giving_up_for_what_a_tool_said_does_not_repeat_it(lines):
    call = ToolCalled(step_id="swap", call_id="1", tool="t", arguments={})
    refused = ToolReturned(step_id="swap", call_id="1", result=Refused(code="c", message="too much"))
    assert lines(started(), call, refused, ended(GaveUp(code="c", reason="too much"), "failed"))[-1] == "gave up"


def test_what_the_agent_concluded_is_told_once(lines):
    call = ToolCalled(step_id="swap", call_id="1", tool="answer", arguments={"text": "42"})
    concluded = ToolReturned(step_id="swap", call_id="1", result=Concluded(by="answer", text="42"))
    events = (started(), call, concluded, ended(Completed(answer="42")))
    assert sum("42" in line for line in lines(*events)) == 1
    assert sum("42" in line for line in lines(*events, detail=Detail.VERBOSE)) == 3


def test_a_step_says_what_it_is_about_and_why_it_failed(lines):
    told = lines(started(description="SOL to USDC", critical=True), ended(status="failed", reason="limit_timeout"))
    assert told[-1] == "✗ swap  SOL to USDC · critical · failed: its time was up"


def test_a_skipped_step_says_why(lines):
    assert lines(ended(status="skipped", reason="dependency_failed"))[-1] == (
        "– swap · skipped: a step that it depends on did not succeed"
    )


def test_a_step_that_never_ended_says_so(lines):
    assert lines(started())[-1] == "– swap · did not end"


def test_a_brief_tree_names_steps_only_when_there_are_several(lines):
    one = (started(), ended())
    two = (*one, started("lend"), ended(step_id="lend"))
    assert not any("swap" in line for line in lines(*one, detail=Detail.BRIEF))
    assert any("lend" in line for line in lines(*two, detail=Detail.BRIEF))


def test_a_long_prompt_is_shown_in_part(lines):
    prompt = "\n".join(f"line {number}" for number in range(60))
    told = lines(started(prompt=prompt), detail=Detail.VERBOSE)
    assert "line 39" in told
    assert told[-1] == "… 20 more lines"
