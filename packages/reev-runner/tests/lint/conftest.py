"""Lints a small benchmark whose parts a test replaces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from reev_runner.lint import Finding, lint_file

TEMPLATE = """\
id: x-1
initial_state:
  - {pubkey: USER_WALLET_PUBKEY, owner: "11111111111111111111111111111111", lamports: 4000000000}
  - {pubkey: RECIPIENT_WALLET_PUBKEY, owner: "11111111111111111111111111111111"}
  - pubkey: USER_USDC_ATA
    owner: TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA
    data: {mint: EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v, owner: USER_WALLET_PUBKEY, amount: 70}
ACCOUNTS
prompt: "PROMPT"
TOP
ground_truth:
TRUTH
  final_state_assertions:
ASSERTIONS
"""


@dataclass(frozen=True)
class Seen:
    """A finding, and the text that stands at its place."""

    rule: str
    severity: str
    message: str
    suggestion: str
    at: str


@pytest.fixture
def path_of(tmp_path: Path) -> Callable[..., Path]:
    """Write the small benchmark with some parts replaced, ``assertions`` as flow mappings."""

    def write(*assertions: str, **parts: str) -> Path:
        text = TEMPLATE.replace("PROMPT", parts.get("prompt", "Do it."))
        for name in ("accounts", "top", "truth"):
            text = text.replace(name.upper(), parts.get(name, ""))
        items = assertions or ("type: SolBalance, pubkey: USER_WALLET_PUBKEY, expected: 5",)
        text = text.replace("ASSERTIONS", "\n".join(f"    - {{{item}}}" for item in items))
        path = tmp_path / "b.yml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def lint(path_of: Callable[..., Path]) -> Callable[..., list[Seen]]:
    """Return what one rule finds in the small benchmark."""

    def run(rule: str, *assertions: str, **parts: str) -> list[Seen]:
        path = path_of(*assertions, **parts)
        lines = path.read_text("utf-8").splitlines()
        return [seen(finding, lines) for finding in lint_file(path) if finding.rule == rule]

    return run


def seen(finding: Finding, lines: list[str]) -> Seen:
    at = lines[finding.place.line - 1][finding.place.column - 1 :]
    return Seen(finding.rule, finding.severity, finding.message, finding.suggestion, at)
