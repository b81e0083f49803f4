from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_runner.files._assertion_models import TokenItem
from reev_runner.files._bounds import bounds_of
from reev_types.assertions import (
    AnswerStates,
    Assertion,
    AtaDerivation,
    CapitalReserve,
    JupiterLendingPosition,
    LiquidityRatio,
    MultiPoolDiversification,
    SolBalance,
    SolBalanceChange,
    TokenAccountBalance,
    TokenAccountBalanceChange,
    TotalPortfolioValue,
)
from reev_types.benchmarks import TestCase

USDC = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"
SHARES = "9BEcn9aPEmhSPbPQeFGjidRiEKki46fVQDyPpSQXPA2D"
SOL_SHARES = "2uQsyo1fXXQkDtcpXnLofWy88PxcvnfH2L8FPSE62FVU"
TOKEN = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"
STRANGER = "J1toso1uCk3RLmjorhTtrVwY9HJ7X8V9yYac6Y7kGCPn"
USER = "USER_WALLET_PUBKEY"

Compile = Callable[..., TestCase]
Refuse = Callable[..., Any]


@pytest.fixture
def assertion(compiled: Compile) -> Callable[[str], Assertion]:
    def first(text: str) -> Assertion:
        return compiled(assertions=f"    - {{{text}}}").ground_truth.assertions[0]

    return first


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"type: SolBalance, pubkey: {USER}, expected_gte: '5'", SolBalance(pubkey=USER, expected_gte=5)),
        (
            f"type: SolBalanceChange, pubkey: {USER}, expected_change_lte: -5, weight: 0.25",
            SolBalanceChange(pubkey=USER, expected_change_lte=-5, weight="0.25"),
        ),
        (
            f"type: TotalPortfolioValue, pubkey: {USER}, expected_gte: 250000000",
            TotalPortfolioValue(pubkey=USER, expected_gte=250_000_000),
        ),
        (f"type: CapitalReserve, pubkey: {STRANGER}, expected: 1", CapitalReserve(pubkey=STRANGER, expected=1)),
        (
            f"type: JupiterLendingPosition, pubkey: {USER}, mint: {USDC}, expected_change_not_zero: true",
            JupiterLendingPosition(pubkey=USER, mint=USDC, expected_change_not_zero=True),
        ),
        (
            f"type: LiquidityRatio, pubkey: {USER}, expected_gte: 0.85",
            LiquidityRatio(pubkey=USER, expected_gte="0.85"),
        ),
        (
            f"type: MultiPoolDiversification, pubkey: {USER}, min_pools: 2, max_pools: 4",
            MultiPoolDiversification(pubkey=USER, min_pools=2, max_pools=4),
        ),
        (
            f"type: AnswerStates, pubkey: {USER}, mint: {USDC}, fact: earned, weight: 0.4",
            AnswerStates(pubkey=USER, mint=USDC, fact="earned", weight="0.4"),
        ),
        (
            f"type: SolBalance, pubkey: {USER}, expected: 5, after_step: 1",
            SolBalance(pubkey=USER, expected=5, after_step="step_1"),
        ),
        (
            f"type: JupiterLendingPosition, pubkey: {USER}, mint: {USDC}, expected: 5, after_step: 1",
            JupiterLendingPosition(pubkey=USER, mint=USDC, expected=5, after_step="step_1"),
        ),
        (
            f"type: LiquidityRatio, pubkey: {USER}, expected_gte: 0.85, after_step: 1",
            LiquidityRatio(pubkey=USER, expected_gte="0.85", after_step="step_1"),
        ),
        (
            f"type: AnswerStates, pubkey: {USER}, mint: {USDC}, fact: lent, after_step: 1",
            AnswerStates(pubkey=USER, mint=USDC, fact="lent", after_step="step_1"),
        ),
        (
            "type: TokenAccountBalance, pubkey: USER_USDC_ATA, expected: 1",
            TokenAccountBalance(pubkey="USER_USDC_ATA", expected=1),
        ),
    ],
)
def test_each_type_compiles_to_its_strict_form(assertion: Callable[[str], Assertion], text: str, expected: Assertion):
    assert assertion(text) == expected


def derivation(owner: str, mint: str) -> AtaDerivation:
    return AtaDerivation(owner=owner, mint=mint)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pubkey: USER_USDC_ATA", None),
        (f"pubkey: USER_USDC_ATA, mint: {USDC}", None),
        (f"pubkey: {STRANGER}", None),
        (f"pubkey: {USER}, mint: {SHARES}", derivation(USER, SHARES)),
        (f"pubkey: {STRANGER}, mint: {USDC}", derivation(STRANGER, USDC)),
        (f"pubkey: USER_USDC_ATA_PLACEHOLDER, mint: {USDC}", derivation(USER, USDC)),
        (f"pubkey: ANY_ATA_PLACEHOLDER, mint: {SHARES}", derivation(USER, SHARES)),
        ("pubkey: USER_USDC_ATA_PLACEHOLDER", derivation(USER, USDC)),
        ("pubkey: USER_L_USDC_ATA_PLACEHOLDER", derivation(USER, SHARES)),
        ("pubkey: USER_L_SOL_ATA_PLACEHOLDER", derivation(USER, SOL_SHARES)),
        ("pubkey: RECIPIENT_USDC_ATA", derivation("RECIPIENT_WALLET_PUBKEY", USDC)),
        (
            "pubkey: UNUSED_PLACEHOLDER, address_derivation: "
            f"{{type: AssociatedTokenAccount, owner: {STRANGER}, mint: {SHARES}}}",
            derivation(STRANGER, SHARES),
        ),
    ],
)
def test_a_token_assertion_knows_its_account(
    assertion: Callable[[str], Assertion], text: str, expected: AtaDerivation | None
):
    found = assertion(f"type: TokenAccountBalanceChange, {text}, expected_change_gte: 0")
    assert isinstance(found, TokenAccountBalanceChange)
    assert found.address_derivation == expected


def test_one_derivation_name_may_stand_for_several_accounts(compiled: Compile):
    line = (
        "    - {{type: TokenAccountBalance, pubkey: UNUSED_PLACEHOLDER, expected: 1, "
        "address_derivation: {{type: AssociatedTokenAccount, owner: USER_WALLET_PUBKEY, mint: {}}}}}\n"
    )
    assertions = compiled(assertions=line.format(USDC) + line.format(SHARES)).ground_truth.assertions
    derived = [item.address_derivation for item in assertions if isinstance(item, TokenAccountBalance)]
    assert derived == [derivation(USER, USDC), derivation(USER, SHARES)]


TOKEN_AND = "type: TokenAccountBalance, expected: 1, pubkey: "
ATA = "UNUSED, address_derivation: {type: AssociatedTokenAccount, owner: "


ITEM = "{type: "


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("type: SolBalance, pubkey: NOBODY, expected: 1", "undefined_placeholder", "NOBODY"),
        ("type: CapitalReserve, pubkey: NOBODY, expected: 1", "undefined_placeholder", "NOBODY"),
        ("type: LiquidityRatio, pubkey: NOBODY, expected_gte: 0.5", "undefined_placeholder", "NOBODY"),
        ("type: MultiPoolDiversification, pubkey: NOBODY, min_pools: 1", "undefined_placeholder", "NOBODY"),
        (f"type: JupiterLendingPosition, pubkey: NOBODY, mint: {USDC}, expected: 1", "undefined_placeholder", "NOBODY"),
        (f"type: JupiterLendingPosition, pubkey: {USER}, mint: USDC, expected: 1", "wrong_value", "USDC,"),
        (f"type: JupiterLendingPosition, pubkey: {USER}, mint: {TOKEN}, expected: 1", "unknown_token", TOKEN),
        (TOKEN_AND + "NOBODY", "undefined_placeholder", "NOBODY"),
        (TOKEN_AND + f"NOBODY, mint: {USDC}", "undefined_placeholder", "NOBODY"),
        (TOKEN_AND + f"USER_USDC_ATA, mint: {TOKEN}", "unknown_token", TOKEN),
        (TOKEN_AND + "STRANGE_ATA_PLACEHOLDER", "undefined_placeholder", "STRANGE_ATA_PLACEHOLDER"),
        (TOKEN_AND + USER, "missing_key", ITEM),
        (TOKEN_AND + f"USER_USDC_ATA, mint: {SHARES}", "mint_mismatch", SHARES),
        (TOKEN_AND + ATA + f"NOBODY, mint: {USDC}}}", "undefined_placeholder", "NOBODY"),
        (TOKEN_AND + ATA + f"{USER}, mint: {TOKEN}}}", "unknown_token", TOKEN),
        (TOKEN_AND + ATA + f"{USER}, mint: {USDC}}}, mint: {SHARES}", "mint_mismatch", SHARES),
        (f"type: SolBalance, pubkey: {USER}, expected: 1, after_step: 2", "unknown_step", "2"),
        (f"type: SolBalance, pubkey: {USER}, expected: 1, after_step: 0", "out_of_range", "0"),
        (f"type: SolBalance, pubkey: {USER}, expected: 1, after_step: step_1", "wrong_type", "step_1"),
        (f"type: AnswerStates, pubkey: NOBODY, mint: {USDC}, fact: lent", "undefined_placeholder", "NOBODY"),
        (f"type: AnswerStates, pubkey: {USER}, mint: {TOKEN}, fact: lent", "unknown_token", TOKEN),
        (f"type: AnswerStates, pubkey: {USER}, mint: {SHARES}, fact: lent", "not_lendable", SHARES),
        (f"type: AnswerStates, pubkey: {USER}, mint: {USDC}, fact: price", "wrong_value", "price"),
        (f"type: AnswerStates, pubkey: {USER}, mint: {USDC}", "missing_key", ITEM),
        (f"type: SolBalance, pubkey: {USER}", "no_bounds", ITEM),
        (f"type: SolBalance, pubkey: {USER}, expected_change_not_zero: false", "no_bounds", ITEM),
        (f"type: LiquidityRatio, pubkey: {USER}", "no_bounds", ITEM),
        (f"type: MultiPoolDiversification, pubkey: {USER}", "no_bounds", ITEM),
        (f"type: SolBalance, pubkey: {USER}, expected: 1, weight: -0.5", "negative_weight", "-0.5"),
        (f"type: SolBalance, pubkey: {USER}, expected: 1, weight: 0", "no_weight", "- {type: "),
    ],
)
def test_an_assertion_that_cannot_hold_is_refused_where_it_stands(refused: Refuse, text: str, code: str, at: str):
    error = refused(assertions=f"    - {{{text}}}")
    assert error.code == code
    assert error.at.startswith(at)


def test_a_recipient_who_is_not_declared_is_not_the_user(write: Callable[..., str], refused: Refuse):
    text = write(assertions=f"    - {{{TOKEN_AND}RECIPIENT_USDC_ATA}}").replace("RECIPIENT_WALLET_PUBKEY", "OTHER")
    error = refused(text)
    assert error.code == "undefined_placeholder"


def test_a_misspelt_name_is_suggested(refused: Refuse):
    error = refused(assertions="    - {type: SolBalance, pubkey: USER_WALET_PUBKEY, expected: 1}")
    assert error.suggestions == ("did you mean USER_WALLET_PUBKEY?",)
    error = refused(assertions="    - {type: SolBalance, pubkey: X, expected: 1}")
    assert error.suggestions == ("declare it in initial_state",)


def test_an_assertion_may_look_at_any_step_of_the_flow(compiled: Compile):
    case = compiled(
        top="flow: [{step: 1, prompt: a}, {step: 7, prompt: b}]",
        assertions=f"    - {{type: SolBalance, pubkey: {USER}, expected: 5, after_step: 7}}",
    )
    (found,) = case.ground_truth.assertions
    assert isinstance(found, SolBalance)
    assert found.after_step == "step_7"


def test_a_step_that_does_not_exist_is_answered_with_those_that_do(refused: Refuse):
    error = refused(assertions=f"    - {{type: SolBalance, pubkey: {USER}, expected: 5, after_step: 2}}")
    assert error.suggestions == ("steps: step_1",)


def test_shares_are_answered_with_what_can_be_lent(refused: Refuse):
    error = refused(assertions=f"    - {{type: AnswerStates, pubkey: {USER}, mint: {SHARES}, fact: lent}}")
    assert error.message.endswith("expected a token that can be lent, found jlUSDC")
    assert error.suggestions == ("write the mint of USDC, USDT, SOL",)


def test_a_file_may_have_no_assertions(write: Callable[..., str], compiled: Compile):
    assert compiled(assertions="    []").ground_truth.assertions == ()


def bounds(**fields: object) -> dict[str, object]:
    return bounds_of(TokenItem.model_validate({"type": "TokenAccountBalance", "pubkey": "A", **fields}))


def test_greater_than_zero_is_at_least_one_unit():
    assert bounds(condition="greater_than_zero") == {"expected_gte": 1}
    assert bounds(condition="greater_than_zero", expected_gte=5) == {"expected_gte": 5}


@given(amount=st.integers(0, 2**64 - 1))
def test_approximately_is_one_per_cent_either_way(amount: int):
    found = bounds(expected_approx=amount)
    low, high = found["expected_gte"], found["expected_lte"]
    assert isinstance(low, int)
    assert isinstance(high, int)
    assert low * 100 >= amount * 99 > (low - 1) * 100
    assert high * 100 <= amount * 101 < (high + 1) * 100


def test_the_stricter_of_two_bounds_counts():
    assert bounds(expected_approx=1000, expected_gte=995, expected_lte=2000) == {
        "expected_gte": 995,
        "expected_lte": 1010,
    }
