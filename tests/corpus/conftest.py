"""The labels of the corpus: how a plan is written down so that people can check it."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from reev_orchestrator.language import parse
from reev_orchestrator.planning import plan
from reev_types import WalletContext
from reev_types.errors import UserError
from reev_types.tokens import symbol_of

HERE = Path(__file__).parent
WALLET = WalletContext.model_validate_json((HERE / "wallet.json").read_text())


def share_label(of):
    fraction = Fraction(of).limit_denominator(1000)
    return f"share:{of.normalize():f}" if Fraction(of) == fraction else f"share:{fraction}"


def amount_label(amount, resolved):
    match amount.kind:
        case "exact":
            return str(amount.raw)
        case "from_step":
            return f"from:{amount.step_id}" if amount.of == 1 else f"{share_label(amount.of)} from:{amount.step_id}"
        case "share":
            said = share_label(amount.of)
        case "all":
            said = f"all-{amount.keep_raw}" if amount.keep_raw else "all"
        case "usd":
            said = f"usd:{amount.value.normalize():f}"
    return f"{said} = {'null' if resolved is None else resolved}"


def step_label(step):
    intent, amount = step.intent, getattr(step.intent, "amount", getattr(step.intent, "shares", None))
    tail = amount_label(amount, step.resolved_amount) if amount else ""
    match intent.kind:
        case "transfer":
            return f"transfer {symbol_of(intent.mint)} {intent.recipient} {tail}"
        case "swap":
            return f"swap {symbol_of(intent.input_mint)}>{symbol_of(intent.output_mint)} {intent.side} {tail}"
        case "balances" | "positions":
            return intent.kind
        case _:
            return f"{intent.kind} {symbol_of(intent.mint)} {tail}"


def goal_label(step_id, goals):
    return "".join(f" ^{goal.multiple.normalize():f}" for goal in goals if goal.step_id == step_id)


def label(text: str) -> dict[str, object]:
    """Return what reev makes of a sentence on the corpus's wallet, in the notation of the corpus."""
    try:
        reading = parse(text)
        planned = plan(reading, WALLET, flow_id="corpus")
    except UserError as error:
        return {"error": error.code}
    return {"plan": [step_label(step) + goal_label(step.step_id, reading.goals) for step in planned.steps]}


@pytest.fixture(scope="session")
def understood():
    return label


@pytest.fixture(scope="session")
def corpus() -> list[dict[str, object]]:
    files = ("hand.jsonl", "review.jsonl", "stranger.jsonl", "generated.jsonl")
    return [json.loads(line) for name in files for line in (HERE / name).read_text().splitlines()]
