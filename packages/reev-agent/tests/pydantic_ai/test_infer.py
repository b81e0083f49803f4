import sys

import pytest

pytest.importorskip("pydantic_ai", reason="the extra pydantic-ai is not installed")

from reev_agent.models import ChatRequest, ModelError, NetworkPolicy, UserMessage
from reev_agent.providers import open_model, resolve_model
from reev_agent.testing import SteppedClock, StubAnswer, StubServer
from reev_types.errors import UsageError

KEY = "sk-only-for-the-endpoint-5f3a"
ANSWER = StubAnswer(
    {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "small",
        "choices": [
            {"index": 0, "message": {"role": "assistant", "content": f"hi, {KEY}"}, "finish_reason": "stop"},
        ],
        "usage": {"prompt_tokens": 30, "completion_tokens": 2, "total_tokens": 32},
    }
)


async def test_pydantic_ais_own_double_needs_no_network():
    spec = resolve_model("pydantic-ai:test", {})
    model = open_model(spec, SteppedClock())
    reply = await model.complete(ChatRequest((UserMessage("hello"),)))
    assert (spec.agent, model.provider) == ("pydantic-ai:test", "test")
    assert reply.message.text


@pytest.mark.parametrize("name", ["pydantic-ai:nobody:big", "pydantic-ai:bare", "pydantic-ai:anthropic:"])
def test_a_provider_that_is_not_known_is_a_mistake(name):
    with pytest.raises(UsageError, match="unknown_provider"):
        resolve_model(name, {})


def test_a_providers_own_package_is_missed_by_name(monkeypatch):
    monkeypatch.setitem(sys.modules, "pydantic_ai.providers.bedrock", None)
    with pytest.raises(UsageError, match="bedrock") as caught:
        resolve_model("pydantic-ai:bedrock:big", {})
    assert caught.value.code == "missing_extra"


@pytest.fixture
def openai_at(monkeypatch):
    pytest.importorskip("pydantic_ai.models.openai", reason="pydantic-ai's OpenAI provider is not installed")

    def openai_at(url, key=KEY):
        monkeypatch.setenv("OPENAI_BASE_URL", url)
        monkeypatch.setenv("OPENAI_API_KEY", key)
        return resolve_model("pydantic-ai:openai-chat:small", {"OPENAI_API_KEY": key})

    return openai_at


def test_a_missing_key_says_which_variable_to_set(openai_at, monkeypatch):
    with pytest.raises(UsageError, match="OPENAI_API_KEY") as empty:
        openai_at("http://127.0.0.1:9/v1", key="")
    monkeypatch.delenv("OPENAI_API_KEY")
    monkeypatch.delenv("OPENAI_BASE_URL")
    with pytest.raises(UsageError, match="OPENAI_API_KEY") as unset:
        resolve_model("pydantic-ai:openai-chat:small", {})
    assert {empty.value.code, unset.value.code} == {"missing_key"}


def test_the_switch_holds_for_every_address_but_this_machines(openai_at):
    spec = openai_at("https://models.example/v1")
    with pytest.raises(ModelError, match=r"models\.example.*network_denied"):
        open_model(spec, SteppedClock())
    assert open_model(spec, SteppedClock(), NetworkPolicy.OPEN).provider == "openai"


@pytest.mark.parametrize(("provider", "package"), [("google-cloud", "google.genai"), ("openrouter", "openai")])
def test_a_provider_that_may_look_for_credentials_is_not_even_made_under_the_switch(provider, package):
    pytest.importorskip(package, reason="the package of pydantic-ai's provider is not installed")
    spec = resolve_model(f"pydantic-ai:{provider}:big", {})
    with pytest.raises(ModelError, match="network_denied"):
        open_model(spec, SteppedClock())


def test_the_package_of_a_providers_models_is_missed_by_name(openai_at, monkeypatch):
    monkeypatch.setitem(sys.modules, "pydantic_ai.models.openai", None)
    with pytest.raises(UsageError, match=r"pydantic_ai\.models\.openai") as caught:
        openai_at("http://127.0.0.1:9/v1")
    assert caught.value.code == "missing_extra"


async def test_a_server_on_this_machine_is_asked_and_its_indiscretion_hidden(openai_at):
    async with StubServer([ANSWER]) as server, open_model(openai_at(server.url), SteppedClock()) as model:
        reply = await model.complete(ChatRequest((UserMessage("hello"),)))
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"
    assert (reply.message.text, reply.usage.total_tokens) == ("hi, [redacted]", 32)
    assert KEY not in repr(reply)


async def test_the_client_does_not_ask_again_behind_our_back(openai_at):
    busy = StubAnswer({"error": {"message": "busy"}}, status=503)
    async with StubServer([busy]) as server, open_model(openai_at(server.url), SteppedClock()) as model:
        with pytest.raises(ModelError, match="model_unavailable"):
            await model.complete(ChatRequest((UserMessage("hello"),)))
    assert len(server.bodies) == 4
