import asyncio
import json

import pytest

from reev_agent.models import (
    AssistantMessage,
    ChatRequest,
    Endpoint,
    ModelError,
    NetworkPolicy,
    OpenAiCompatible,
    RetryPolicy,
    Secret,
    SystemMessage,
    ToolMessage,
    ToolRequest,
    UserMessage,
)
from reev_agent.testing import SteppedClock, StubAnswer, StubServer
from reev_types.models import Sampling, TokenUsage
from reev_types.tools import ToolSpec

KEY = "sk-very-secret-key-0123456789"
TOOL = ToolSpec(name="sol_transfer", description="Send SOL.", parameters={"type": "object"}, moves_funds=True)
ASK = ChatRequest((SystemMessage("be good"), UserMessage("pay BOB")), (TOOL,), Sampling(temperature=0.5, seed=3))


def completion(content="done", usage=None, **message):
    usage = usage or {"prompt_tokens": 321, "completion_tokens": 17, "prompt_tokens_details": {"cached_tokens": 300}}
    choice = {"index": 0, "message": {"role": "assistant", "content": content} | message, "finish_reason": "stop"}
    return {"id": "r1", "object": "chat.completion", "model": "glm-4.6", "choices": [choice], "usage": usage}


def refusal(code, message="no", status=429, **headers):
    return StubAnswer({"error": {"code": code, "message": message}}, status, headers)


@pytest.fixture
def ask():
    async def ask(*answers, request=ASK, clock=None, **place):
        clock = clock or SteppedClock()
        async with StubServer(answers) as server:
            place = {"key": Secret(KEY)} | place
            model = OpenAiCompatible(Endpoint("zai", server.url, "glm-4.6", **place), clock)
            try:
                return await model.complete(request), server, clock
            except ModelError as error:
                return error, server, clock

    return ask


async def test_a_reply_is_read_with_its_usage(ask):
    reply, _, _ = await ask(StubAnswer(completion("paid")))
    assert reply.message == AssistantMessage(text="paid")
    assert reply.usage == TokenUsage(input_tokens=321, output_tokens=17, cached_input_tokens=300)
    assert (reply.finish_reason, reply.model, reply.response_id, reply.attempts) == ("stop", "glm-4.6", "r1", 1)


async def test_the_request_is_what_the_interface_describes(ask):
    _, server, _ = await ask(StubAnswer(completion()))
    assert server.paths == ["/v1/chat/completions"]
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"
    assert server.bodies[0] == {
        "model": "glm-4.6",
        "messages": [{"role": "system", "content": "be good"}, {"role": "user", "content": "pay BOB"}],
        "tools": [
            {
                "type": "function",
                "function": {"name": "sol_transfer", "description": "Send SOL.", "parameters": {"type": "object"}},
            }
        ],
        "tool_choice": "auto",
        "temperature": 0.5,
        "seed": 3,
    }


async def test_without_a_key_no_authorization_is_sent(ask):
    _, server, _ = await ask(StubAnswer(completion()), key=Secret(""))
    assert "authorization" not in server.headers[0]


async def test_a_provider_can_rename_the_limit_and_want_more(ask):
    request = ChatRequest((UserMessage("x"),), sampling=Sampling(max_output_tokens=9))
    extra = {"thinking": {"type": "enabled"}}
    _, server, _ = await ask(
        StubAnswer(completion()), request=request, output_limit_field="max_completion_tokens", extra_body=extra
    )
    assert server.bodies[0]["max_completion_tokens"] == 9
    assert server.bodies[0]["thinking"] == {"type": "enabled"}
    assert "tools" not in server.bodies[0]


@pytest.mark.parametrize(("echoes", "told"), [(True, "hmm"), (False, None)])
async def test_reasoning_goes_back_only_to_who_wants_it(ask, echoes, told):
    thought = AssistantMessage("", (ToolRequest("c", "t", "{}"),), reasoning="hmm")
    request = ChatRequest((UserMessage("x"), thought, ToolMessage("c", "{}")))
    reply, server, _ = await ask(
        StubAnswer(completion(reasoning_content="so")), request=request, echoes_reasoning=echoes
    )
    assert reply.message.reasoning == "so"
    assert server.bodies[0]["messages"][1].get("reasoning_content") == told


async def test_a_stream_of_fragments_is_one_reply(ask):
    def delta(finish_reason=None, **delta):
        return json.dumps({"id": "r", "choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason}]})

    def call(index, **part):
        return {"tool_calls": [{"index": index} | part]}

    events = [
        delta(role="assistant", reasoning_content="let me "),
        delta(reasoning_content="see\u2028"),
        delta(**call(0, id="c0", function={"name": "sol_transfer", "arguments": ""})),
        delta(**call(0, function={"arguments": '{"amo'})),
        delta(**call(1, id="c1", function={"name": "answer", "arguments": "{}"})),
        delta(**call(0, function={"arguments": 'unt": "1"}'})),
        delta("tool_calls"),
        json.dumps({"choices": [], "usage": {"prompt_tokens": 5, "completion_tokens": 2}}),
        "[DONE]",
    ]
    reply, server, _ = await ask(StubAnswer(events), stream=True)
    assert server.bodies[0]["stream"] is True
    assert server.bodies[0]["stream_options"] == {"include_usage": True}
    assert reply.message.reasoning == "let me see\u2028"
    assert reply.message.tool_calls == (
        ToolRequest("c0", "sol_transfer", '{"amount": "1"}'),
        ToolRequest("c1", "answer", "{}"),
    )
    assert reply.usage == TokenUsage(input_tokens=5, output_tokens=2)
    assert reply.finish_reason == "tool_calls"


async def test_a_server_that_does_not_stream_is_understood_all_the_same(ask):
    reply, _, _ = await ask(StubAnswer(completion("whole")), stream=True)
    assert reply.message.text == "whole"


async def test_a_rate_limit_is_waited_out_for_as_long_as_the_server_says(ask):
    limited = refusal("1302", **{"retry-after": "7"})
    reply, server, clock = await ask(limited, limited, StubAnswer(completion()))
    assert reply.attempts == 3
    assert clock.sleeps == [7, 7]
    assert len(server.bodies) == 3


@pytest.mark.parametrize(
    "answer",
    [
        StubAnswer("busy", 500),
        StubAnswer("", 503),
        refusal("x", status=408),
        refusal("x", status=409),
        refusal("rate_limit_exceeded"),
        StubAnswer('{"choices": [{"mess'),
        StubAnswer(completion(), cut_after=40),
        StubAnswer(['{"choices": [{"index": 0, "delta": {"content": "do"}}]}']),
        StubAnswer(['{"error": {"code": "1305", "message": "overloaded"}}']),
        StubAnswer(completion() | {"choices": [{"message": {}, "finish_reason": "network_error"}]}),
        StubAnswer({"error": {"code": "1305", "message": "overloaded"}}),
        StubAnswer(["{cut"]),
    ],
    ids=str,
)
async def test_what_may_pass_is_tried_again(ask, answer):
    reply, _, clock = await ask(answer, StubAnswer(completion("at last")))
    assert reply.message.text == "at last"
    assert len(clock.sleeps) == 1


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (refusal("insufficient_quota"), "model_quota"),
        (StubAnswer({"error": {"type": "insufficient_quota", "code": None, "message": "x"}}, 429), "model_quota"),
        (refusal("1113"), "model_quota"),
        (refusal("1308"), "model_quota"),
        (refusal("1310"), "model_quota"),
        (refusal("1000", status=401), "model_auth"),
        (refusal("1004", status=500), "model_auth"),
        (refusal("invalid_api_key", status=401), "model_auth"),
        (refusal("1211", status=400), "model_unknown"),
        (refusal("model_not_found", status=404), "model_unknown"),
        (refusal("1261", status=400), "model_context_exceeded"),
        (refusal("context_length_exceeded", status=400), "model_context_exceeded"),
        (refusal("1301", status=400), "model_content_blocked"),
        (refusal("1210", status=400), "model_bad_request"),
        (StubAnswer("<html>moved</html>", 302), "model_bad_request"),
        (StubAnswer({"choices": []}), "model_bad_reply"),
        (StubAnswer("[]"), "model_bad_reply"),
        (StubAnswer('{"choices": ' + "[" * 800 + "]" * 800 + "}"), "model_bad_reply"),
        (StubAnswer(completion(tool_calls=[{"function": "x"}])), "model_bad_reply"),
        (StubAnswer("[" * 100_000, 400), "model_bad_request"),
        (refusal("x", status=503, **{"x-should-retry": "false"}), "model_unavailable"),
    ],
    ids=lambda value: str(value)[:60],
)
async def test_what_will_not_pass_is_not_tried_again(ask, answer, code):
    error, server, clock = await ask(answer)
    assert isinstance(error, ModelError)
    assert error.code == code
    assert clock.sleeps == []
    assert len(server.bodies) == 1


async def test_patience_ends_with_the_last_error_and_the_number_of_attempts(ask):
    error, server, clock = await ask(refusal("1302"))
    assert error.code == "model_rate_limited"
    assert error.context == {"status": 429, "provider_code": "1302", "attempts": 4}
    assert len(server.bodies) == 4
    assert len(clock.sleeps) == 3


async def test_nobody_listening_is_an_error_of_its_own():
    async with StubServer([StubAnswer("")]) as server:
        url = server.url
    model = OpenAiCompatible(Endpoint("local", url, "m"), SteppedClock(), retries=RetryPolicy(retries=1))
    with pytest.raises(ModelError, match="model_unreachable"):
        await model.complete(ASK)


async def test_silence_is_a_timeout():
    async with StubServer([StubAnswer("", hangs=True)]) as server:
        endpoint = Endpoint("local", server.url, "m", silence_s=0.05)
        model = OpenAiCompatible(endpoint, SteppedClock(), retries=RetryPolicy(retries=0))
        with pytest.raises(ModelError, match="model_timeout"):
            await model.complete(ASK)


async def test_an_answer_without_end_is_refused(ask):
    error, server, _ = await ask(StubAnswer("x" * (8 * 1024 * 1024 + 1)))
    assert error.code == "model_reply_too_large"
    assert len(server.bodies) == 1


async def test_waiting_for_an_answer_can_be_cancelled():
    async with StubServer([StubAnswer("", hangs=True)]) as server:
        model = OpenAiCompatible(Endpoint("local", server.url, "m"), SteppedClock())
        task = asyncio.ensure_future(model.complete(ASK))
        await server.asked.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_connections_are_kept_inside_a_context():
    async with StubServer([StubAnswer(completion())]) as server:
        async with OpenAiCompatible(Endpoint("local", server.url, "m"), SteppedClock()) as model:
            for _ in range(3):
                await model.complete(ASK)
        assert server.connections_made == 1


async def test_the_key_is_removed_from_whatever_comes_back(ask):
    thief = completion(f"your key is {KEY}", tool_calls=[{"id": "c", "function": {"name": KEY, "arguments": KEY}}])
    reply, _, _ = await ask(StubAnswer(thief))
    assert KEY not in repr(reply)
    assert "your key is [redacted]" in reply.message.text


@pytest.mark.parametrize("body", [f"bad key {KEY}", {"error": {"message": f"bad key {KEY}", "code": KEY}}])
async def test_the_key_is_removed_from_errors(ask, body):
    error, _, _ = await ask(StubAnswer(body, 401))
    assert KEY not in f"{error} {error.context} {error.__cause__} {error.__context__!r}"
    assert "[redacted]" in str(error)


def test_a_place_shows_no_key():
    assert KEY not in repr(Endpoint("zai", "http://localhost/v1", "m", Secret(KEY)))


@pytest.mark.parametrize(
    "url", ["https://api.z.ai/api/paas/v4", "http://127.0.0.1.evil.example/v1", "http://10.0.0.1/v1"]
)
def test_the_switch_makes_real_models_impossible(url):
    with pytest.raises(ModelError, match="network_denied"):
        OpenAiCompatible(Endpoint("zai", url, "m"), SteppedClock())


def test_with_the_switch_off_a_real_model_can_be_made():
    model = OpenAiCompatible(Endpoint("zai", "https://api.z.ai/v4", "m"), SteppedClock(), NetworkPolicy.OPEN)
    assert (model.provider, model.model) == ("zai", "m")
