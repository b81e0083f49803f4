from collections.abc import Callable
from typing import Any

import pytest

from reev_runner.judgement import holders, lenders, subjects
from reev_runner.judgement._subjects import TokenAssertion, address_of, token_subject
from reev_types.assertions import (
    AnswerStates,
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
from reev_types.errors import BenchmarkError
from reev_types.tokens import find_token

USDC, USDT = find_token("USDC").mint, find_token("USDT").mint
Subject = Callable[[TokenAssertion], tuple[str, str | None, str]]


@pytest.fixture
def subject_of(make_case: Any, make_evidence: Any) -> Subject:
    case, evidence = make_case(SolBalance(pubkey="USER_WALLET_PUBKEY", expected=0)), make_evidence()
    return lambda assertion: token_subject(assertion, case.accounts, evidence.addresses, evidence.ata)


def test_a_name_stands_for_its_address_and_an_address_for_itself(address: Any) -> None:
    names = {"RECIPIENT": address("r")}

    assert address_of("RECIPIENT", names) == address("r")
    assert address_of(address("other"), names) == address("other")


def test_an_unknown_name_is_an_error_of_the_benchmark() -> None:
    with pytest.raises(BenchmarkError) as raised:
        address_of("NOBODY", {})

    assert raised.value.code == "unknown_account"
    assert raised.value.suggestions


def test_a_named_token_account_is_itself(subject_of: Subject, wallet: str, ata: Any) -> None:
    found = subject_of(TokenAccountBalance(pubkey="USER_USDC_ATA", expected=1))

    assert found == (ata(wallet, USDC), USDC, "USER_WALLET_PUBKEY")


def test_a_token_account_by_its_address_is_recognised(subject_of: Subject, wallet: str, ata: Any) -> None:
    found = subject_of(TokenAccountBalance(pubkey=ata(wallet, USDC), mint=USDC, expected=1))

    assert found == (ata(wallet, USDC), USDC, "USER_WALLET_PUBKEY")


def test_a_derivation_overrides_the_pubkey(subject_of: Subject, recipient: str, ata: Any) -> None:
    derivation = AtaDerivation(owner="RECIPIENT_WALLET_PUBKEY", mint=USDT)

    found = subject_of(TokenAccountBalance(pubkey="USER_USDC_ATA", address_derivation=derivation, expected=1))

    assert found == (ata(recipient, USDT), USDT, "RECIPIENT_WALLET_PUBKEY")


def test_two_derivations_under_one_unused_name_stay_apart(subject_of: Subject) -> None:
    found = {
        subject_of(
            TokenAccountBalance(
                pubkey="UNUSED_PLACEHOLDER",
                address_derivation=AtaDerivation(owner="USER_WALLET_PUBKEY", mint=mint),
                expected=1,
            )
        )[0]
        for mint in (USDC, USDT)
    }

    assert len(found) == 2


@pytest.mark.parametrize("pubkey", ["USER_WALLET_PUBKEY", "RECIPIENT_WALLET_PUBKEY"])
def test_a_wallet_with_a_mint_means_its_associated_account(
    subject_of: Subject, make_evidence: Any, ata: Any, pubkey: str
) -> None:
    found = subject_of(TokenAccountBalanceChange(pubkey=pubkey, mint=USDT, expected_change_not_zero=True))

    assert found == (ata(make_evidence().addresses[pubkey], USDT), USDT, pubkey)


def test_an_unknown_address_with_a_mint_counts_as_a_wallet(subject_of: Subject, address: Any, ata: Any) -> None:
    owner = address("somebody")

    assert subject_of(TokenAccountBalance(pubkey=owner, mint=USDC, expected=1)) == (ata(owner, USDC), USDC, owner)


def test_an_unknown_address_without_a_mint_is_the_account_itself(subject_of: Subject, address: Any) -> None:
    account = address("account")

    assert subject_of(TokenAccountBalance(pubkey=account, expected=1)) == (account, None, account)


def test_a_resolved_placeholder_outside_the_initial_state_is_the_account_itself(
    make_case: Any, make_evidence: Any, address: Any
) -> None:
    case, evidence = make_case(), make_evidence(addresses={"USER_USDC_ATA_PLACEHOLDER": address("a")})
    assertion = TokenAccountBalance(pubkey="USER_USDC_ATA_PLACEHOLDER", mint=USDC, expected=1)

    found = token_subject(assertion, case.accounts, evidence.addresses, evidence.ata)

    assert found == (address("a"), USDC, "USER_USDC_ATA_PLACEHOLDER")


def test_subjects_name_each_account_once_and_the_wallet_first(
    make_case: Any, make_evidence: Any, wallet: str, recipient: str, ata: Any
) -> None:
    user = "USER_WALLET_PUBKEY"
    case = make_case(
        SolBalance(pubkey="RECIPIENT_WALLET_PUBKEY", expected=1),
        SolBalanceChange(pubkey="RECIPIENT_WALLET_PUBKEY", expected_change_gte=1),
        TokenAccountBalance(pubkey="USER_USDC_ATA", expected=1),
        TokenAccountBalanceChange(pubkey=user, mint=USDC, expected_change_gte=1),
        CapitalReserve(pubkey=user, expected_gte=1),
        TotalPortfolioValue(pubkey=user, expected_gte=1),
        LiquidityRatio(pubkey=user),
        JupiterLendingPosition(pubkey=user, mint=USDC, expected_gte=1),
        MultiPoolDiversification(pubkey=user),
    )
    evidence = make_evidence()

    found = subjects(case, evidence.addresses, evidence.ata)

    assert found == (wallet, recipient, ata(wallet, USDC))


def test_the_wallet_is_a_subject_even_where_nothing_is_asserted(make_case: Any, make_evidence: Any) -> None:
    evidence = make_evidence()

    assert subjects(make_case(), evidence.addresses, evidence.ata) == (evidence.wallet,)


def test_holders_are_the_wallets_that_are_valued(make_case: Any, make_evidence: Any, wallet: str, address: Any) -> None:
    case = make_case(
        TotalPortfolioValue(pubkey="USER_WALLET_PUBKEY", expected_gte=1),
        LiquidityRatio(pubkey="USER_WALLET_PUBKEY"),
        LiquidityRatio(pubkey=address("other")),
        SolBalance(pubkey="RECIPIENT_WALLET_PUBKEY", expected=1),
    )

    assert holders(case, make_evidence().addresses) == (wallet, address("other"))


@pytest.mark.parametrize(
    "assertion",
    [
        AnswerStates(pubkey="USER_WALLET_PUBKEY", mint=USDC, fact="lent"),
        JupiterLendingPosition(pubkey="USER_WALLET_PUBKEY", mint=USDC, expected_gte=1),
        LiquidityRatio(pubkey="USER_WALLET_PUBKEY"),
        MultiPoolDiversification(pubkey="USER_WALLET_PUBKEY"),
        TotalPortfolioValue(pubkey="USER_WALLET_PUBKEY", expected_gte=1),
    ],
)
def test_lenders_are_the_wallets_whose_positions_are_asked_for(
    make_case: Any, make_evidence: Any, wallet: str, assertion: Any
) -> None:
    case = make_case(assertion, assertion, SolBalance(pubkey="RECIPIENT_WALLET_PUBKEY", expected=1))

    assert lenders(case, make_evidence().addresses) == (wallet,)
