from __future__ import annotations

from typing import Any

import pytest

from reev_tools.market.lend import (
    LEND_PROGRAM,
    LENDING_ADMIN,
    PRICE_ONE,
    LendError,
    PriceRule,
    VaultAddresses,
    VaultTerms,
    read_vault,
    vault_accounts,
    vault_addresses,
)
from reev_tools.market.lend._addresses import LENDING_ADMIN_BUMP, LIQUIDITY
from reev_tools.market.lend._genesis import shared_lend_accounts
from reev_types.errors import UsageError
from reev_types.tokens import SOL_MINT, TOKEN_2022_PROGRAM, TOKEN_PROGRAM, TOKENS, find_token

USDC = find_token("USDC")
MAINNET = (
    VaultAddresses(
        mint="EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",
        token_program=TOKEN_PROGRAM,
        f_token_mint="9BEcn9aPEmhSPbPQeFGjidRiEKki46fVQDyPpSQXPA2D",
        lending="2vVYHYM8VYnvZqQWpTJSj8o8DBf1wM8pVs3bsTgYZiqJ",
        reserve="94vK29npVbyRHXH63rRcTiSr26SFhrQTzbpNJuhQEDu",
        position="Hf9gtkM4dpVBahVSzEXSVCAPpKzBsBcns3s8As3z77oF",
        rate_model="5pjzT5dFTsXcwixoab1QDLvZQvpYJxJeBphkyfHGn688",
        vault="BmkUoKMFYBxNSzWXyUjyMJjMAaVz4d8ZnxwwmhDCUXFB",
        claim="HN1r4VfkDn53xQQfeGDYrNuDKFdemAhZsHYRwBrFhsW",
        rewards_rate_model="5xSPBiD3TibamAnwHDhZABdB4z4F9dcj5PnbteroBTTd",
    ),
    VaultAddresses(
        mint="2u1tszSeqZ3qBWF3uNGPFc8TzMk2tdiwknnRMWGWjGWH",
        token_program=TOKEN_2022_PROGRAM,
        f_token_mint="9fvHrYNw1A8Evpcj7X2yy4k4fT7nNHcA9L6UsamNHAif",
        lending="xRVWEc2J4o5BPxEaiZ6jKyvcNmFovrVuYhuowp9hPM4",
        reserve="G4KAenCBfybnZLtVe4LdNrmEtQoW3x93oTowFJUPSvx6",
        position="FQgZ6p5sV1HUMs1Aq8eXxR5jC6ak7ZayjU1Ke2yjkGwg",
        rate_model="6iHHKAK9Mqjn57CVmWe4szAPyTH8s8pniXSj6vWaKW5r",
        vault="E1prFSvCtp5ze1hAegjdtN3kQWVoRuSGWLoc8Vj9h4nm",
        claim="AfbHM89oHKXCbHKRZ2G31kgBRuADGyAso7rsyzcqdzDY",
        rewards_rate_model="ChnL2VdEsQkZYbHNMmrdYpmhHtDzTLiG1ca2Vtsap9Vs",
    ),
)


def terms(**changes: Any) -> VaultTerms:
    given: dict[str, Any] = {
        "mint": USDC.mint,
        "decimals": 6,
        "rate_basis_points": 423,
        "supply_raw": 10**9,
        "liquidity_raw": 10**10,
        "base_price": 1_042_088_000_000,
    }
    return VaultTerms(**{**given, **changes})


@pytest.mark.parametrize("share", [token for token in TOKENS if token.underlying], ids=lambda token: token.symbol)
def test_the_share_mints_are_those_of_the_registry(share: Any) -> None:
    assert vault_addresses(share.underlying, TOKEN_PROGRAM).f_token_mint == share.mint


@pytest.mark.parametrize("expected", MAINNET, ids=["USDC", "USDG"])
def test_all_addresses_are_those_of_mainnet(expected: VaultAddresses) -> None:
    assert vault_addresses(expected.mint, expected.token_program) == expected


def test_the_accounts_of_all_vaults_are_those_that_the_program_knows() -> None:
    assert (LENDING_ADMIN, LENDING_ADMIN_BUMP) == ("5nmGjA4s7ATzpBQXC5RNceRpaJ7pYw2wKsNBWyuSAZV6", 252)
    assert LIQUIDITY == "7s1da8DduuBFqGra5bJBjpnvL5E9mGzCuMk1Qkh4or2Z"


async def test_a_vault_reads_back_as_its_terms(open_lender: Any) -> None:
    lender = await open_lender(terms(since=0))
    vault = await read_vault(lender.chain, USDC.mint)
    assert vault.addresses == terms().addresses
    assert vault.rule == PriceRule(1_042_088_000_000, 0, 423)
    assert (vault.decimals, vault.supply_raw, vault.liquidity_raw) == (6, 10**9, 10**10)
    assert vault.last_price == vault.price_at(0) == 1_042_088_000_000


@pytest.mark.parametrize("missing", ["lending", "reserve", "rate_model", "f_token_mint", "vault"])
async def test_half_a_vault_is_none(open_lender: Any, missing: str) -> None:
    lender = await open_lender(terms())
    await lender.chain.set_lamports(getattr(terms().addresses, missing), 0)
    assert await read_vault(lender.chain, USDC.mint) is None


async def test_a_vault_whose_price_would_fall_has_none(open_lender: Any) -> None:
    lender = await open_lender(terms())
    await lender.alter(terms().addresses.lending, 115, (2 * PRICE_ONE).to_bytes(8, "little"))
    vault = await read_vault(lender.chain, USDC.mint)
    assert vault.price_at(0) is LendError.F_TOKEN_LIQUIDITY_EXCHANGE_PRICE_UNEXPECTED


async def test_every_account_is_rent_exempt(open_lender: Any) -> None:
    lender = await open_lender(terms())
    sol = terms(mint=SOL_MINT, decimals=9)
    for account in (*shared_lend_accounts(), *vault_accounts(terms()), *vault_accounts(sol)):
        assert account.lamports >= await lender.chain.minimum_balance(len(account.data)), account.address


def test_the_tokens_of_a_wrapped_sol_vault_are_backed_by_lamports() -> None:
    sol = terms(mint=SOL_MINT, decimals=9)
    plain, native = (next(a for a in vault_accounts(t) if a.address == t.addresses.vault) for t in (terms(), sol))
    assert native.lamports - plain.lamports == sol.liquidity_raw


def test_the_records_belong_to_the_program_and_the_tokens_to_theirs() -> None:
    owners = {account.owner for account in vault_accounts(terms(token_program=TOKEN_2022_PROGRAM))}
    assert owners == {LEND_PROGRAM, TOKEN_2022_PROGRAM, "jup7TthsMgcR9Y3L277b8Eo9uboVSmu1utkuXHNUKar"}


@pytest.mark.parametrize(
    "impossible",
    [
        {"base_price": PRICE_ONE - 1},
        {"base_price": 2**64},
        {"rate_basis_points": 2**16},
        {"rate_basis_points": -1},
        {"supply_raw": -1},
        {"liquidity_raw": 2**64},
    ],
    ids=str,
)
def test_terms_that_the_program_would_refuse_are_refused(impossible: dict[str, int]) -> None:
    with pytest.raises(UsageError) as caught:
        terms(**impossible)
    assert caught.value.code == "bad_vault_terms"
