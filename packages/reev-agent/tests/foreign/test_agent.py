"""An agent behind /gen/tx: what it is asked, what is done of what it answers, and how it fails."""

import json

import pytest

from reev_agent.foreign import ForeignAgentError, GenTxAgent
from reev_agent.models import ModelError, NetworkPolicy
from reev_agent.testing import SteppedClock, StubAnswer, StubServer
from reev_types.agents import AgentLimits, Completed, GaveUp, LimitReached, RefusedByAgent
from reev_types.errors import UsageError
from reev_types.testing import AgentContract
from reev_types.tools import Concluded, Executed, Failed, Refused


class TestGenTxAgent(AgentContract):
    @pytest.fixture(autouse=True)
    async def server(self, instruction, patient_clock):
        async with StubServer([StubAnswer({"transactions": [[instruction()], [instruction()]]})]) as server:
            self.made = GenTxAgent(server.url, patient_clock)
            yield

    async def agent(self):
        return self.made


DONE = Executed(signature="s", fee_lamports=5_000, balance_changes=())


async def test_instructions_side_by_side_are_one_transaction(run, instruction):
    outcome, tools, _ = await run({"transactions": [instruction(), instruction()], "summary": "paid twice"})
    assert outcome == Completed(answer="paid twice")
    assert tools.wishes == [("execute_transaction", {"instructions": [instruction(), instruction()]})]


async def test_nested_lists_are_transactions_of_their_own_in_order(run, instruction):
    a, b, c = (instruction(name) for name in "ABC")
    _, tools, _ = await run({"transactions": [a, [b, b], {"instructions": [c]}]})
    assert [arguments["instructions"] for _, arguments in tools.wishes] == [[a], [b, b], [c]]


@pytest.mark.parametrize("text", ["{}", "[{}]", "[[{}]]"])
async def test_the_text_of_a_result_may_hold_the_instructions(run, instruction, text):
    written = text.replace("{}", json.dumps(instruction()))
    outcome, tools, _ = await run({"result": {"text": written}, "summary": "paid"})
    assert outcome == Completed(answer="paid")
    assert tools.wishes == [("execute_transaction", {"instructions": [instruction()]})]


async def test_what_an_agent_claims_to_have_done_is_not_believed(run):
    claims = {"flows": {"tool_calls": [], "total_tool_calls": 9, "tool_usage": {}}, "signatures": ["estimated"]}
    outcome, tools, _ = await run({**claims, "summary": "done"})
    assert outcome == Completed(answer="done")
    assert tools.calls == []


async def test_plain_text_is_an_answer(run):
    outcome, tools, _ = await run({"result": {"text": "You have 4 SOL."}})
    assert outcome == Completed(answer="You have 4 SOL.")
    assert tools.calls == []


async def test_a_refusal_is_explicit(run, instruction):
    outcome, tools, _ = await run({"refusal": {"code": "unsafe_request", "reason": "no"}})
    assert outcome == RefusedByAgent(code="unsafe_request", reason="no")
    assert tools.calls == []


@pytest.mark.parametrize(
    ("result", "code"),
    [
        (Refused(code="foreign_signer", message="no"), "foreign_signer"),
        (
            Failed(code="insufficient_lamports", message="no", signature="s", fee_lamports=5_000),
            "insufficient_lamports",
        ),
    ],
)
async def test_the_first_transaction_that_does_not_work_ends_the_step(run, instruction, result, code):
    outcome, tools, _ = await run({"transactions": [[instruction()]] * 3, "summary": "all done"}, [DONE, result])
    assert outcome == GaveUp(code=code, reason="no")
    assert len(tools.calls) == 2


async def test_a_tool_set_that_is_over_ends_the_step(run, instruction):
    outcome, _, _ = await run({"transactions": [instruction()]}, [Concluded(by="answer", text="over")])
    assert outcome == Completed(answer="over")


async def test_more_transactions_than_calls_are_left_end_in_the_limit(run, instruction, request_for):
    request = request_for(limits=AgentLimits(max_tool_calls=2))
    outcome, tools, _ = await run({"transactions": [[instruction()]] * 3}, request=request)
    assert outcome == LimitReached(which="tool_calls")
    assert len(tools.calls) == 2


async def test_the_question_has_the_originals_fields_and_no_others(run, context):
    _, _, server = await run({}, model_name="glm-4.6")
    (body,) = server.bodies
    assert list(body) == [
        "id",
        "session_id",
        "prompt",
        "context_prompt",
        "model_name",
        "mock",
        "allowed_tools",
        "account_states",
        "key_map",
    ]
    assert (body["id"], body["prompt"], body["model_name"], body["mock"]) == ("001", "do it", "glm-4.6", False)
    assert body["account_states"]["USER_WALLET_PUBKEY"]["lamports"] == context.wallet_context.sol_balance
    assert body["key_map"] == context.accounts


async def test_a_step_of_a_flow_is_addressed_by_its_number(run, request_for, context):
    flow = context.flow_state.model_copy(update={"current_step_index": 1, "total_steps": 2})
    request = request_for().model_copy(update={"context": context.model_copy(update={"flow_state": flow})})
    _, _, server = await run({}, request=request)
    assert server.bodies[0]["id"] == "001-step-2"


async def test_equal_steps_ask_equal_questions(run):
    asked = [(await run({}))[2].bodies[0] for _ in range(2)]
    assert asked[0] == asked[1]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "hello",
        "[1, 2",
        "null",
        "[]",
        "7",
        '"text"',
        "NaN",
        "[" * 100_000,
        '{"transactions": "all"}',
        '{"transactions": [1]}',
        '{"transactions": [null]}',
        '{"transactions": [{"data": "x"}]}',
        '{"transactions": [{"instructions": {}}]}',
        '{"transactions": [[[[[[[[[[[[]]]]]]]]]]]]}',
        '{"result": "text"}',
        '{"result": {"text": "[{"}}',
        '{"result": {"text": "{}"}}',
        '{"refusal": {"code": "because"}}',
        '{"summary": 1}',
        '{"transactions": [' + ",".join(['[{"program_id": ""}]'] * 65) + "]}",
    ],
)
async def test_garbage_is_the_agents_failure_and_moves_nothing(run, body):
    outcome, tools, _ = await run(body)
    assert isinstance(outcome, GaveUp)
    assert outcome.code == "foreign_bad_answer"
    assert tools.calls == []


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (StubAnswer({"error": "no model is loaded"}, status=500), "status 500: no model is loaded"),
        (StubAnswer("<html>", status=502), "status 502: <html>"),
        (StubAnswer("", status=302, headers={"location": "http://127.0.0.1:1/"}), "status 302: "),
        (StubAnswer({"error": "no model is loaded"}), "no model is loaded"),
    ],
)
async def test_an_error_is_told_with_its_status_and_text(run, answer, reason):
    outcome, _, _ = await run(answer)
    assert outcome == GaveUp(code="foreign_error", reason=reason)


@pytest.mark.parametrize("status", [200, 500])
async def test_an_answer_without_end_is_cut_off(run, status):
    outcome, _, _ = await run(StubAnswer("x" * (1024 * 1024 + 1), status=status))
    assert isinstance(outcome, GaveUp)
    assert outcome.code == "foreign_too_large"


async def test_a_compressed_answer_is_not_unpacked(run):
    outcome, _, _ = await run(StubAnswer("x", headers={"content-encoding": "gzip"}))
    assert isinstance(outcome, GaveUp)
    assert outcome.code == "foreign_bad_answer"


async def test_an_answer_that_breaks_off_is_the_agents_failure(run):
    outcome, _, _ = await run(StubAnswer({"summary": "done"}, cut_after=5))
    assert isinstance(outcome, GaveUp)
    assert outcome.code == "foreign_bad_answer"


async def test_an_agent_that_never_answers_runs_out_of_time(run):
    outcome, _, _ = await run(StubAnswer("", hangs=True), clock=SteppedClock(), timeout_s=7)
    assert outcome == GaveUp(code="foreign_timeout", reason="no whole answer within 7 seconds")


async def test_a_line_that_stays_silent_runs_out_of_time_whatever_the_clock(run):
    outcome, _, _ = await run(StubAnswer("", hangs=True), timeout_s=0.05)
    assert isinstance(outcome, GaveUp)
    assert outcome.code == "foreign_timeout"


async def test_nobody_at_the_address_is_no_verdict_on_the_agent(request_for, planned_tools, patient_clock):
    agent = GenTxAgent("http://127.0.0.1:1/gen/tx", patient_clock)
    with pytest.raises(ForeignAgentError, match=r"no connection to the agent at 127\.0\.0\.1:1") as raised:
        await agent.run_step(request_for(), planned_tools())
    assert (raised.value.code, raised.value.exit_status) == ("agent_unreachable", 3)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:9090",
        "ftp://localhost/gen/tx",
        "http://agents.example/gen/tx",
        "http://localhost.example/gen/tx",
        "https://user:secret@agents.example/",
        "https://agents.example/#x",
        "https://[::1/gen/tx",
        "https://localhost:99999/",
        "http://local host/",
        "https:///gen/tx",
    ],
)
def test_only_https_or_this_machine_is_asked(url, patient_clock):
    with pytest.raises(UsageError) as raised:
        GenTxAgent(url, patient_clock, NetworkPolicy.OPEN)
    assert raised.value.code == "bad_agent_url"
    assert "secret" not in str(raised.value)


def test_the_switch_stops_a_call_to_another_machine(patient_clock):
    with pytest.raises(ModelError) as raised:
        GenTxAgent("https://agents.example/gen/tx", patient_clock)
    assert raised.value.code == "network_denied"
    GenTxAgent("https://agents.example/gen/tx", patient_clock, NetworkPolicy.OPEN)
