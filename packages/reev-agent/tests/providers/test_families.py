import pytest

from reev_agent.models import ModelError, NetworkPolicy, OpenAiCompatible
from reev_agent.providers import FAMILIES, EndpointSpec, ScriptSpec, open_model, resolve_model
from reev_agent.testing import SteppedClock
from reev_types.errors import UsageError

KEYS = {"ZAI_API_KEY": "zai-secret-key", "OPENAI_API_KEY": "openai-secret-key"}


def endpoint_of(name, **environment):
    spec = resolve_model(name, KEYS | environment)
    assert isinstance(spec, EndpointSpec)
    return spec.endpoint


@pytest.mark.parametrize(
    ("name", "agent", "provider", "url", "model"),
    [
        ("glm-4.6", "glm-4.6", "zai", "https://api.z.ai/api/paas/v4/chat/completions", "glm-4.6"),
        ("glm", "glm-4.6", "zai", "https://api.z.ai/api/paas/v4/chat/completions", "glm-4.6"),
        ("glm-5", "glm-5", "zai", "https://api.z.ai/api/paas/v4/chat/completions", "glm-5"),
        (
            "glm-4.6-coding",
            "glm-4.6-coding",
            "zai-coding",
            "https://api.z.ai/api/coding/paas/v4/chat/completions",
            "glm-4.6",
        ),
        (
            "glm-coding",
            "glm-4.6-coding",
            "zai-coding",
            "https://api.z.ai/api/coding/paas/v4/chat/completions",
            "glm-4.6",
        ),
        ("OpenAI: o3 ", "openai:o3", "openai", "https://api.openai.com/v1/chat/completions", "o3"),
        (
            "HTTP://box:8000/v1#m",
            "http://box:8000/v1#m",
            "openai-compatible",
            "http://box:8000/v1/chat/completions",
            "m",
        ),
        ("openai:o3", "openai:o3", "openai", "https://api.openai.com/v1/chat/completions", "o3"),
        ("gpt-4.1", "gpt-4.1", "openai", "https://api.openai.com/v1/chat/completions", "gpt-4.1"),
        (
            "local",
            "local",
            "local",
            "http://localhost:1234/v1/chat/completions",
            "qwen3-coder-30b-a3b-instruct-mlx",
        ),
        (
            "http://box:8000/v1#qwen/qwen3",
            "http://box:8000/v1#qwen/qwen3",
            "openai-compatible",
            "http://box:8000/v1/chat/completions",
            "qwen/qwen3",
        ),
    ],
)
def test_a_name_means_a_model_at_a_place(name, agent, provider, url, model):
    spec = resolve_model(name, KEYS)
    assert spec.agent == agent
    assert (spec.endpoint.provider, spec.endpoint.url, spec.endpoint.model) == (provider, url, model)


@pytest.mark.parametrize(
    ("name", "variable"),
    [
        ("glm-4.6", "ZAI_API_URL"),
        ("glm-4.6-coding", "ZAI_CODING_API_URL"),
        ("gpt-4.1", "OPENAI_BASE_URL"),
        ("local", "LOCAL_MODEL_URL"),
    ],
)
def test_every_base_url_can_be_set(name, variable):
    assert endpoint_of(name, **{variable: "http://127.0.0.1:9/x/"}).url == "http://127.0.0.1:9/x/chat/completions"


def test_the_local_model_is_named_by_the_environment():
    assert endpoint_of("local", LOCAL_MODEL_NAME="llama3").model == "llama3"


def test_glm_thinks_and_gets_its_thoughts_back():
    endpoint = endpoint_of("glm-4.6")
    assert endpoint.extra_body["thinking"] == {"type": "enabled"}
    assert endpoint.echoes_reasoning
    assert endpoint.stream


def test_thinking_can_be_turned_off_and_nothing_else():
    assert endpoint_of("glm-4.6", ZAI_THINKING="disabled").extra_body == {"thinking": {"type": "disabled"}}
    with pytest.raises(UsageError, match="bad_setting"):
        endpoint_of("glm-4.6", ZAI_THINKING="a lot")


@pytest.mark.parametrize(
    ("name", "variable"),
    [
        ("glm-4.6", "ZAI_API_KEY"),
        ("glm-4.6-coding", "ZAI_API_KEY"),
        ("openai:gpt-4.1", "OPENAI_API_KEY"),
        ("gpt-4.1", "OPENAI_API_KEY"),
    ],
)
def test_a_missing_key_says_which_variable_to_set(name, variable):
    for environment in ({}, {variable: "  "}):
        with pytest.raises(UsageError, match=f"{name} needs a key in {variable}") as caught:
            resolve_model(name, environment)
        assert caught.value.code == "missing_key"


@pytest.mark.parametrize("key", ["sk-ab\nX-Evil: 1", "sk-ключ", "two words"])
def test_a_key_that_cannot_be_one_is_refused_without_showing_it(key):
    with pytest.raises(UsageError) as caught:
        resolve_model("glm-4.6", {"ZAI_API_KEY": key})
    assert caught.value.code == "bad_key"
    assert key not in str(caught.value)


@pytest.mark.parametrize(
    "name", ["", "gpt", "gemini", "claude-4", "GLM-4.6", "glm-4.6\n", "glm-4.6 ", "gpt-4 1", "x" * 10_000]
)
def test_an_unknown_name_lists_the_known_ones(name):
    with pytest.raises(UsageError) as caught:
        resolve_model(name, KEYS)
    assert caught.value.code == "unknown_model"
    assert all(family.name in caught.value.message for family in FAMILIES)
    assert len(caught.value.message) < 400


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("openai:", "the model is missing after the colon"),
        ("PYDANTIC-AI:  ", "the model is missing after the colon"),
        ("replay:", "the file is missing after the colon"),
        ("scripted: ", "the file is missing after the colon"),
        ("openai:gpt 4", "there are blanks in the name of the model"),
    ],
)
def test_what_is_wrong_after_the_colon_is_said(name, told):
    with pytest.raises(UsageError, match=told) as caught:
        resolve_model(name, KEYS)
    assert caught.value.code == "bad_model_name"


def test_a_name_that_is_nearly_right_is_suggested():
    with pytest.raises(UsageError) as caught:
        resolve_model("lokal", KEYS)
    assert caught.value.suggestions == ("local",)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://x/v1",
        "localhost:1234/v1",
        "http://",
        "http://user:pass@x/v1",
        "http://x/v1?key=s",
        "http://x/v1#m",
        "http://x:99999/v1",
        "http://[::1/v1",
        "http://x/a b",
    ],
)
def test_an_address_that_cannot_be_one_is_refused_with_its_variable(url):
    with pytest.raises(UsageError, match="LOCAL_MODEL_URL") as caught:
        resolve_model("local", {"LOCAL_MODEL_URL": url})
    assert caught.value.code == "bad_model_url"
    assert "pass" not in caught.value.message.replace("password", "")


@pytest.mark.parametrize(
    "name", ["http://x/v1", "https://x/v1#", "http://#m", "http://u:p@x/v1#m", "http://x/v1#my model"]
)
def test_an_address_as_a_name_needs_a_host_and_a_model(name):
    with pytest.raises(UsageError) as caught:
        resolve_model(name, {})
    assert caught.value.code == "bad_model_url"


def test_no_key_is_visible_in_what_a_name_means():
    for name in ("glm-4.6", "gpt-4.1"):
        assert "secret" not in repr(resolve_model(name, KEYS)).lower().replace("secret(…)", "")


def test_a_script_and_where_it_is():
    spec = resolve_model("scripted:a/b.json", {})
    assert isinstance(spec, ScriptSpec)
    assert (spec.agent, str(spec.path)) == ("scripted", "a/b.json")


def test_opening_a_real_model_obeys_the_switch():
    spec = resolve_model("glm-4.6", KEYS)
    with pytest.raises(ModelError, match="network_denied"):
        open_model(spec, SteppedClock())
    assert isinstance(open_model(spec, SteppedClock(), NetworkPolicy.OPEN), OpenAiCompatible)
