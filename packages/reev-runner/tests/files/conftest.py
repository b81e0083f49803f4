"""A small benchmark whose parts a test replaces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from reev_runner.files import LoadedBenchmark, compile_case
from reev_runner.files._load import load_text
from reev_types.benchmarks import TestCase
from reev_types.errors import BenchmarkError, FilePlace

SYSTEM = '"11111111111111111111111111111111"'
TOKEN = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"
USDC = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"

PARTS = {
    "accounts": "",
    "assertions": "    - {type: SolBalance, pubkey: USER_WALLET_PUBKEY, expected: 5}",
    "truth": "",
    "prompt": "Do it.",
    "top": "",
}
TEMPLATE = f"""\
id: x-1
initial_state:
  - {{pubkey: USER_WALLET_PUBKEY, owner: {SYSTEM}, lamports: 1000}}
  - {{pubkey: RECIPIENT_WALLET_PUBKEY, owner: {SYSTEM}}}
  - pubkey: USER_USDC_ATA
    owner: {TOKEN}
    data: {{mint: {USDC}, owner: USER_WALLET_PUBKEY, amount: "70"}}
{{accounts}}
prompt: "{{prompt}}"
{{top}}
ground_truth:
{{truth}}
  final_state_assertions:
{{assertions}}
"""


def text_of(**parts: str) -> str:
    text = TEMPLATE
    for name, default in PARTS.items():
        text = text.replace(f"{{{name}}}", parts.get(name, default))
    return text


@pytest.fixture
def write() -> Callable[..., str]:
    """Return the text of a benchmark with some parts replaced."""
    return text_of


@pytest.fixture
def loaded() -> Callable[..., LoadedBenchmark]:
    return lambda **parts: load_text(text_of(**parts), "b.yml")


@pytest.fixture
def compiled() -> Callable[..., TestCase]:
    return lambda **parts: compile_case(load_text(text_of(**parts), "b.yml"))


@dataclass(frozen=True)
class Refusal:
    """An error, and the text that stands at its place."""

    code: str
    message: str
    suggestions: tuple[str, ...]
    at: str


@pytest.fixture
def refused() -> Callable[..., Refusal]:
    """Return why a benchmark does not compile: a whole text, or the small one with some parts replaced."""

    def refusal(whole: str | None = None, **parts: str) -> Refusal:
        text = text_of(**parts) if whole is None else whole
        with pytest.raises(BenchmarkError) as caught:
            compile_case(load_text(text, "b.yml"))
        error = caught.value
        assert isinstance(error.place, FilePlace)
        assert "\n" not in str(error)
        line = text.splitlines()[error.place.line - 1]
        return Refusal(error.code, error.message, error.suggestions, line[error.place.column - 1 :])

    return refusal


@pytest.fixture
def known() -> SimpleNamespace:
    """Addresses that the tests speak of."""
    return SimpleNamespace(
        system="11111111111111111111111111111111",
        token=TOKEN,
        usdc=USDC,
        shares="9BEcn9aPEmhSPbPQeFGjidRiEKki46fVQDyPpSQXPA2D",
        pyusd="2b1kV6DkPAnxd5ixfnxCpjxmKwqjjaYmCZfHsFu24GXo",
        stranger="J1toso1uCk3RLmjorhTtrVwY9HJ7X8V9yYac6Y7kGCPn",
    )
