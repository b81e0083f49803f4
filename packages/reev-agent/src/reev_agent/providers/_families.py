"""The names that models go by."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urldefrag

from reev_agent.models import Endpoint
from reev_types.errors import UsageError

from ._environment import base_url, checked_url, every_key, optional_key, required_key, thinking
from ._specs import EndpointSpec, ModelSpec, PydanticAiSpec, ReplaySpec, ScriptSpec

__all__ = ["FAMILIES", "Family", "resolve_model"]

Environment = Mapping[str, str]

_ZAI = "https://api.z.ai/api/paas/v4"
_ZAI_CODING = "https://api.z.ai/api/coding/paas/v4"
_OPENAI = "https://api.openai.com/v1"
_LOCAL = "http://localhost:1234/v1"
_LOCAL_MODEL = "qwen3-coder-30b-a3b-instruct-mlx"
_LONGEST_SHOWN = 64


@dataclass(frozen=True, slots=True)
class Family:
    """Names of one kind: how they are written, what they need, and what they mean."""

    name: str
    needs: str
    pattern: re.Pattern[str]
    resolve: Callable[[re.Match[str], Environment], ModelSpec]


def _glm(name: re.Match[str], environment: Environment) -> ModelSpec:
    model = "glm-4.6" if name[0] == "glm" else name[0]
    return _zai(model, model, "zai", base_url(environment, "ZAI_API_URL", _ZAI), environment)


def _glm_coding(name: re.Match[str], environment: Environment) -> ModelSpec:
    url = base_url(environment, "ZAI_CODING_API_URL", _ZAI_CODING)
    model = name["model"] or "glm-4.6"
    return _zai(f"{model}-coding", model, "zai-coding", url, environment)


def _zai(agent: str, model: str, provider: str, url: str, environment: Environment) -> ModelSpec:
    endpoint = Endpoint(
        provider,
        url,
        model,
        required_key(environment, "ZAI_API_KEY", agent),
        stream=True,
        extra_body={"thinking": {"type": thinking(environment)}},
        echoes_reasoning=True,
    )
    return EndpointSpec(agent, endpoint)


def _openai(name: re.Match[str], environment: Environment) -> ModelSpec:
    endpoint = Endpoint(
        "openai",
        base_url(environment, "OPENAI_BASE_URL", _OPENAI),
        name["model"],
        required_key(environment, "OPENAI_API_KEY", name[0]),
        stream=True,
        output_limit_field="max_completion_tokens",
    )
    return EndpointSpec(name[0], endpoint)


def _local(name: re.Match[str], environment: Environment) -> ModelSpec:
    url = base_url(environment, "LOCAL_MODEL_URL", _LOCAL)
    model = environment.get("LOCAL_MODEL_NAME", "").strip() or _LOCAL_MODEL
    return EndpointSpec("local", Endpoint("local", url, model, optional_key(environment, "LOCAL_API_KEY", "local")))


def _by_url(name: re.Match[str], environment: Environment) -> ModelSpec:
    address, model = urldefrag(name[0])
    if not model or _has_blanks(model):
        raise UsageError(
            "bad_model_url", "an address names its model after a #", suggestions=("http://localhost:8000/v1#my-model",)
        )
    url = checked_url(address, "the model's name")
    key = optional_key(environment, "LLM_API_KEY", "the model")
    return EndpointSpec(name[0], Endpoint("openai-compatible", url, model, key))


def _pydantic_ai(name: re.Match[str], environment: Environment) -> ModelSpec:
    from reev_agent.pydantic_ai import check_model

    check_model(name["model"])
    return PydanticAiSpec(name[0], name["model"], every_key(environment))


def _scripted(name: re.Match[str], environment: Environment) -> ModelSpec:
    return ScriptSpec("scripted", Path(name["path"]))


def _replay(name: re.Match[str], environment: Environment) -> ModelSpec:
    from reev_agent.cassettes import Cassette

    path = Path(name["path"])
    return ReplaySpec(Cassette.read(path).agent, path)


def _family(name: str, needs: str, pattern: str, resolve: Callable[[re.Match[str], Environment], ModelSpec]) -> Family:
    return Family(name, needs, re.compile(pattern), resolve)


FAMILIES: tuple[Family, ...] = (
    _family(
        "glm-4.6-coding",
        "ZAI_API_KEY of a coding plan; ZAI_CODING_API_URL, ZAI_THINKING",
        r"glm-coding|(?P<model>glm-\S+)-coding",
        _glm_coding,
    ),
    _family("glm-4.6", "ZAI_API_KEY; ZAI_API_URL, ZAI_THINKING", r"glm|glm-\S+", _glm),
    _family("local", "a server at LOCAL_MODEL_URL; LOCAL_MODEL_NAME, LOCAL_API_KEY", r"local", _local),
    _family("openai:<model>", "OPENAI_API_KEY; OPENAI_BASE_URL", r"openai:(?P<model>\S+)", _openai),
    _family("gpt-<model>", "OPENAI_API_KEY; OPENAI_BASE_URL", r"(?P<model>gpt-\S+)", _openai),
    _family("http://host:port/v1#<model>", "a server there; LLM_API_KEY", r"https?://.*", _by_url),
    _family(
        "pydantic-ai:<model>",
        "the extra pydantic-ai and a key such as ANTHROPIC_API_KEY",
        r"pydantic-ai:(?P<model>\S+)",
        _pydantic_ai,
    ),
    _family("scripted:<file>", "a file of replies", r"scripted:(?P<path>.+)", _scripted),
    _family("replay:<file>", "a cassette", r"replay:(?P<path>.+)", _replay),
)
"""Every kind of name; of what each needs, the variables after the semicolon are optional."""


def resolve_model(name: str, environment: Environment) -> ModelSpec:
    """Return what ``name`` means under ``environment``.

    Case does not matter before a colon, nor blanks around what follows it.
    Raises UsageError: ``unknown_model`` lists the known names, ``bad_model_name`` says what is wrong after the colon,
    ``missing_key`` names the variable to set, ``bad_key``, ``bad_model_url``, ``missing_extra``, ``unknown_provider``
    and those of reading a cassette.
    """
    name = _tidied(name)
    for family in FAMILIES:
        match = family.pattern.fullmatch(name)
        if match is not None:
            return family.resolve(match, environment)
    names = [family.name for family in FAMILIES]
    raise UsageError(
        "unknown_model",
        f"there is no model {name[:_LONGEST_SHOWN]!r}; known are {', '.join(names)}",
        suggestions=tuple(get_close_matches(name, names, n=1)) or (names[0],),
    )


def _tidied(name: str) -> str:
    scheme, colon, rest = name.partition(":")
    if not colon:
        return name
    scheme, rest = scheme.lower(), rest.strip()
    family = next((family for family in FAMILIES if family.name.startswith(f"{scheme}:<")), None)
    if family is not None:
        _check_rest(family, rest)
    return f"{scheme}:{rest}"


def _check_rest(family: Family, rest: str) -> None:
    wanted = family.name.partition(":")[2].strip("<>")
    if not rest:
        raise UsageError("bad_model_name", f"the {wanted} is missing after the colon", suggestions=(family.name,))
    if wanted == "model" and _has_blanks(rest):
        raise UsageError("bad_model_name", "there are blanks in the name of the model", suggestions=(family.name,))


def _has_blanks(text: str) -> bool:
    return any(character.isspace() for character in text)
