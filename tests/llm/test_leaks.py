"""No model is told what its work will be judged by: every byte that is sent, over all benchmarks, is looked at.

What is secret and what is public is read from the benchmark files themselves. A number may be told once a tool has
told it, for then it is the chain that knows it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import pytest
import yaml

from reev_orchestrator import TemplateRenderer
from reev_runner.files import BUILT_IN

EVERY_FILE = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(BUILT_IN.glob("*.yml"))}
# A step that is tried again is told of the wallet as it is by then; where a reply was lost, that is the right answer.
FILES = {name: file for name, file in EVERY_FILE.items() if "recovery" not in file}
HIDDEN = ("ground_truth", "reference", "description", "tags")
VOCABULARY = {
    "ground_truth",
    "final_state_assertions",
    "expected_instructions",
    "skip_instruction_validation",
    "min_score",
    "after_step",
    "expected_gte",
    "expected_lte",
    "program_id_weight",
    "data_weight",
    "is_writable",
    "lend_deposit",
    "lend_withdraw",
    "lend_mint",
    "lend_redeem",
    "from_step",
    "SolBalance",
    "SolBalanceChange",
    "TokenAccountBalance",
    "TokenAccountBalanceChange",
    "TotalPortfolioValue",
    "CapitalReserve",
    "JupiterLendingPosition",
    "LiquidityRatio",
    "MultiPoolDiversification",
    "AnswerStates",
}
NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?!\w)", re.ASCII)
WORD = re.compile(r"\w+", re.ASCII)
LEAST_TELLING = 1_000
"""Smaller numbers among what is hidden are weights and step numbers."""


def leaves(value: Any) -> Iterator[Any]:
    match value:
        case dict():
            for name, item in value.items():
                yield name
                yield from leaves(item)
        case list():
            for item in value:
                yield from leaves(item)
        case _:
            yield value


def numbers_in(text: str) -> set[Decimal]:
    return {Decimal(number) for number in NUMBER.findall(text.replace(",", ""))}


def in_all_units(numbers: Iterable[Decimal]) -> set[Decimal]:
    """Return numbers that are raw as they are and in units, and those in units in raw ones."""
    return {number.scaleb(places) for number in numbers for places in (-9, -6, 0, 6, 9)}


def secret_numbers(benchmark: str) -> set[Decimal]:
    hidden = {name: part for name, part in FILES[benchmark].items() if name in HIDDEN}
    public = {name: part for name, part in FILES[benchmark].items() if name not in HIDDEN}
    raws = {Decimal(leaf) for leaf in leaves(hidden) if type(leaf) is int and leaf >= LEAST_TELLING}
    secret = raws - in_all_units(numbers_in(json.dumps(public)))
    return {raw.scaleb(-decimals) for raw in secret for decimals in (0, 6, 9)}


def secret_texts(benchmark: str) -> set[str]:
    file = FILES[benchmark]
    data = {item["data"] for item in file["ground_truth"].get("expected_instructions", ())} - {"..."}
    return {file["description"], *data}


def leaks(benchmark: str, server: Any, *, trusts_tools: bool) -> list[str]:
    """Return what was sent of what is hidden; where tools are trusted, what they told earlier is not."""
    numbers, texts, found, told = secret_numbers(benchmark), secret_texts(benchmark), [], set()
    for path, headers, body in zip(server.paths, server.headers, server.bodies, strict=True):
        # Tool results and arguments are JSON inside JSON, where a line break is no longer one.
        everything = "\n".join(map(str, leaves([path, headers, body]))).replace("\\n", "\n")
        found += VOCABULARY & set(WORD.findall(everything))
        found += [text for text in texts if text in everything]
        # Tools and system are the same for all benchmarks, which has a test of its own.
        words = [message["content"] or "" for message in body["messages"] if message["role"] in ("user", "tool")]
        if trusts_tools:
            results = [message["content"] for message in body["messages"] if message["role"] == "tool"]
            told |= in_all_units(numbers_in("\n".join(results)))
            words = [message["content"] for message in body["messages"] if message["role"] == "user"]
        rest = json.dumps({name: part for name, part in body.items() if name not in ("messages", "tools")})
        found += map(str, (numbers & numbers_in("\n".join([path, str(headers), rest, *words]))) - told)
    return found


@pytest.fixture
def curious(serve, say):
    """A model that reads all there is to read, and then does nothing."""
    reads = [{"get_account_balance": {}}, {"get_lend_earn_tokens": {}}, {"jupiter_earn": {}}]
    replies = [reads, "I would rather not."]
    return serve(lambda body: say(body, replies[sum(message["role"] == "assistant" for message in body["messages"])]))


@pytest.mark.parametrize("agent", ["glm-4.6-coding", "local"])
@pytest.mark.parametrize("benchmark", FILES)
def test_a_model_that_reads_everything_learns_nothing_of_the_verdict(run, curious, root_of, benchmark, agent):
    run([benchmark], agent, root_of(curious))
    assert len(curious.bodies) >= 2
    assert leaks(benchmark, curious, trusts_tools=False) == []


@pytest.mark.parametrize("benchmark", FILES)
def test_a_model_that_acts_is_told_what_the_chain_says_and_no_more(run, serve, root_of, sensible, benchmark):
    server = serve(sensible)
    run([benchmark], "openai:gpt-4.1", root_of(server))
    assert leaks(benchmark, server, trusts_tools=True) == []


def test_tools_and_instructions_are_the_same_for_all_benchmarks(run, curious, root_of):
    run(list(FILES), "local", root_of(curious))
    system = {body["messages"][0]["content"] for body in curious.bodies}
    tools = {(tool["function"]["name"], json.dumps(tool)) for body in curious.bodies for tool in body["tools"]}
    assert len(system) == 1
    assert len(tools) == len({name for name, _ in tools})


PLANTED = {
    "a raw number": ("112", "some 2117588 stay"),
    "a number in units": ("001", "leaving 0.899995 SOL"),
    "a number with separators": ("100", "at least 14,978,998"),
    "a key of the file": ("001", '{"final_state_assertions": []}'),
    "a kind of assertion": ("001", "SolBalance"),
    "a kind of intent": ("115", "lend_mint"),
    "the data of an instruction": ("004", "3QDJ9TwUE2Dm"),
    "what the benchmark is about": (
        "003",
        "A request that the wallet cannot afford. Right is to say so and send nothing.",
    ),
}


@pytest.mark.parametrize("trusts_tools", [True, False])
@pytest.mark.parametrize("plant", PLANTED)
def test_a_planted_leak_is_found(run, curious, root_of, monkeypatch, plant, trusts_tools):
    number, text = PLANTED[plant]
    real = TemplateRenderer.render_step
    monkeypatch.setattr(TemplateRenderer, "render_step", lambda *given: f"{real(*given)}\n{text}")
    benchmark = next(name for name in FILES if name.startswith(number))
    run([benchmark], "local", root_of(curious))
    assert leaks(benchmark, curious, trusts_tools=trusts_tools)


def test_a_leak_through_a_tool_is_found(run, curious, root_of, monkeypatch):
    monkeypatch.setattr("reev_agent.loop._step.result_text", lambda result: '{"status": "ok", "shares_left": 2117588}')
    run(["112"], "local", root_of(curious))
    assert leaks("112-jup-lend-withdraw-sol", curious, trusts_tools=False)
