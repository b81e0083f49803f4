from decimal import Decimal
from typing import Any

import pytest

from reev_runner.judgement import StateView
from reev_runner.judgement._readings import read
from reev_runner.judgement._worth import Unknown
from reev_types.assertions import (
    CapitalReserve,
    JupiterLendingPosition,
    MultiPoolDiversification,
    SolBalance,
    SolBalanceChange,
    TokenAccountBalance,
    TokenAccountBalanceChange,
    TotalPortfolioValue,
)
from reev_types.tokens import SOL_MINT, find_token

USER = "USER_WALLET_PUBKEY"
USDC, BONK = find_token("USDC").mint, find_token("BONK").mint
PRICES = {SOL_MINT: Decimal(150), USDC: Decimal(1)}


@pytest.mark.parametrize("kind", [SolBalance, SolBalanceChange, CapitalReserve])
def test_lamports_of_an_account_are_read(kind: Any, make_case: Any, make_evidence: Any, wallet: str) -> None:
    evidence = make_evidence(before=StateView({wallet: 7}, {}), after=StateView({wallet: 5}, {}))

    reading = read(kind(pubkey=USER, expected=1), make_case(), evidence)

    assert (reading.before, reading.after, reading.subject) == (7, 5, f"SOL of {USER}")


def test_a_wallet_that_does_not_exist_has_no_lamports(make_case: Any, make_evidence: Any) -> None:
    reading = read(SolBalance(pubkey=USER, expected=1), make_case(), make_evidence())

    assert (reading.before, reading.after) == (0, 0)


@pytest.mark.parametrize("kind", [TokenAccountBalance, TokenAccountBalanceChange])
def test_an_account_that_does_not_exist_holds_nothing(
    kind: Any, make_case: Any, make_evidence: Any, wallet: str, ata: Any
) -> None:
    evidence = make_evidence(after=StateView({}, {ata(wallet, USDC): 5}))

    reading = read(kind(pubkey="USER_USDC_ATA", expected=1), make_case(), evidence)

    assert (reading.before, reading.after, reading.subject) == (0, 5, f"USDC of {USER}")


def test_the_value_of_a_wallet_is_floored_to_a_micro_dollar(
    make_case: Any, make_evidence: Any, wallet: str, market: Any
) -> None:
    state = StateView({wallet: 7}, {}, {wallet: {}})
    evidence = make_evidence(before=state, after=state, valuation=market(PRICES), valuation_before=market(PRICES))

    reading = read(TotalPortfolioValue(pubkey=USER, expected_gte=1), make_case(), evidence)

    assert (reading.before, reading.after) == (1, 1)  # 7 lamports at $150 are 1.05 micro-USD


def test_the_value_at_the_start_is_taken_at_the_prices_of_the_start(
    make_case: Any, make_evidence: Any, wallet: str, market: Any
) -> None:
    state = StateView({wallet: 10**9}, {}, {wallet: {}})
    rise = market({SOL_MINT: Decimal(300)})
    evidence = make_evidence(before=state, after=state, valuation=rise, valuation_before=market(PRICES))

    reading = read(TotalPortfolioValue(pubkey=USER, expected_gte=1), make_case(), evidence)

    assert (reading.before, reading.after) == (150_000_000, 300_000_000)


def test_a_lending_position_is_read_in_assets(make_case: Any, make_evidence: Any, market: Any) -> None:
    evidence = make_evidence(valuation=market(lent={USDC: 50}), valuation_before=market())
    assertion = JupiterLendingPosition(pubkey=USER, mint=USDC, expected_gte=1)

    reading = read(assertion, make_case(), evidence)

    assert (reading.before, reading.after, reading.subject) == (0, 50, f"lent USDC of {USER}")


def test_lending_positions_are_counted(make_case: Any, make_evidence: Any, market: Any) -> None:
    lent = market(lent={USDC: 50, SOL_MINT: 1, BONK: 0})
    evidence = make_evidence(valuation=lent, valuation_before=market())

    reading = read(MultiPoolDiversification(pubkey=USER, min_pools=2), make_case(), evidence)

    assert (reading.before, reading.after, reading.unit.text(2)) == (0, 2, "2 pools")


@pytest.mark.parametrize(
    "assertion",
    [
        TotalPortfolioValue(pubkey=USER, expected_gte=1),
        JupiterLendingPosition(pubkey=USER, mint=USDC, expected_gte=1),
        MultiPoolDiversification(pubkey=USER, min_pools=1),
    ],
)
def test_without_a_market_prices_and_positions_are_unknown(assertion: Any, make_case: Any, make_evidence: Any) -> None:
    reading = read(assertion, make_case(), make_evidence())

    assert isinstance(reading.before, Unknown)
    assert isinstance(reading.after, Unknown)
