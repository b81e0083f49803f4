from __future__ import annotations

from decimal import Decimal

import pytest

from reev_orchestrator.language import parse
from reev_orchestrator.planning import plan
from reev_types.atomicity import AtomicMode
from reev_types.contexts import FlowState, PromptContext, TokenBalance, WalletContext
from reev_types.tokens import find_token

WALLET = "11111111111111111111111111111112"


@pytest.fixture(scope="session")
def wallet():
    """Return a wallet of 4 SOL (or other lamports) with tokens by symbol in raw units and prices by symbol."""

    def wallet(tokens=None, *, lamports=4 * 10**9, prices=None, total=None):
        held = [find_token(symbol) for symbol in tokens or {}]
        balances = {
            token.mint: TokenBalance(mint=token.mint, balance=tokens[token.symbol], decimals=token.decimals)
            for token in held
        }
        known = {find_token(symbol).mint: Decimal(price) for symbol, price in (prices or {}).items()}
        return WalletContext(
            owner=WALLET, sol_balance=lamports, token_balances=balances, token_prices=known, total_value_usd=total
        )

    return wallet


@pytest.fixture(scope="session")
def context(wallet):
    """Return a context; ``total`` steps, of which the last begins."""

    def context(of=None, *, total=1, results=(), accounts=None):
        state = FlowState(current_step_index=total - 1, total_steps=total, atomic_mode=AtomicMode.STRICT)
        return PromptContext(
            wallet_context=of or wallet(),
            flow_state=state,
            previous_results=results,
            accounts=accounts or {},
            generated_at=0,
        )

    return context


@pytest.fixture(scope="session")
def planned(wallet):
    """Return the plan of a sentence on a wallet that can afford it."""

    def planned(sentence, of=None):
        rich = wallet(
            {"USDC": 200_000_000, "USDT": 100_000_000, "JUP": 300_000_000, "jlUSDC": 80_000_000, "jlUSDT": 50_000_000},
            prices={"SOL": "150", "USDC": "1", "USDT": "1"},
        )
        return plan(parse(sentence), of or rich, flow_id="flow")

    return planned


@pytest.fixture
def written(tmp_path):
    """Write template files into a folder and return it; a head is put before those without."""

    def written(files, folder="templates"):
        for name, text in files.items():
            path = tmp_path / folder / f"{name}.j2"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text if text.startswith("{#") else f'{{#\npurpose = "A test."\n#}}\n{text}')
        return tmp_path / folder

    return written
