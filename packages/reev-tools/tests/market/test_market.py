from __future__ import annotations

import json
from decimal import Decimal

import pytest

from reev_tools.chain import associated_token_address, decode_mint, decode_token_account
from reev_tools.market import MARKET_NAMES, Market, MarketData
from reev_tools.market.lend import LEND_PROGRAM, LENDING_ADMIN
from reev_tools.market.swap import FORMS, SWAP_PROGRAM, SwapArguments, program_authority
from reev_types.errors import UsageError
from reev_types.tokens import TOKENS, find_token

USDC, USDT, SOL = (find_token(symbol).mint for symbol in ("USDC", "USDT", "SOL"))
JL_USDC = find_token("jlUSDC").mint


@pytest.fixture
def market() -> Market:
    return Market.named()


def test_an_unknown_market_is_refused_with_the_names_of_all():
    with pytest.raises(UsageError) as caught:
        Market.named("bull_run")
    assert caught.value.code == "unknown_market"
    assert caught.value.suggestions == ("one of default, depeg, empty_vault, stale_price, thin_liquidity",)


def test_a_market_is_made_once():
    assert Market.named("depeg") is Market.named("depeg")


def test_the_digest_differs_between_scenarios():
    assert len({Market.named(name).digest for name in MARKET_NAMES}) == len(MARKET_NAMES)


def test_the_digest_does_not_depend_on_the_order_of_the_file(market):
    content = market.data.model_dump(mode="json")
    backwards = {key: dict(reversed(part.items())) for key, part in reversed(content.items())}
    turned = Market("default", MarketData.model_validate_json(json.dumps(backwards)))
    assert list(turned.data.pools) != list(market.data.pools)
    assert turned.digest == market.digest
    assert turned.world().digest == market.world().digest


def test_the_digest_covers_the_programs(market, monkeypatch):
    other = Market("default", market.data)
    monkeypatch.setattr(Market, "programs", {**market.programs, SWAP_PROGRAM: b"another image"})
    assert other.digest != market.digest


def test_only_lend_vaults_depend_on_the_time_of_the_start(market):
    early, late = market.accounts(), market.accounts(1_795_000_000)
    changed = {one.address for one, other in zip(early, late, strict=True) if one != other}
    parts = [vault.addresses for vault in market.vaults()]
    assert changed == {address for part in parts for address in (part.lending, part.reserve, part.position)}


def test_each_account_is_listed_once(market):
    accounts = market.accounts()
    assert len({account.address for account in accounts}) == len(accounts)


def test_all_accounts_are_exempt_from_rent(market):
    assert all(account.lamports >= (128 + len(account.data)) * 6_960 for account in market.accounts())


def test_every_owner_of_a_token_account_belongs_to_the_market(market):
    held = [decode_token_account(one.address, one.owner, one.data) for one in market.accounts()]
    owners = {account.owner for account in held if account}
    assert {LENDING_ADMIN, market.authority, *(pool.address for pool in market.pools)} == owners
    assert owners <= market.addresses


def test_the_markets_addresses_hold_its_programs_and_no_mint_of_a_token(market):
    assert {SWAP_PROGRAM, LEND_PROGRAM, market.lookup_table, JL_USDC} <= market.addresses
    assert not market.addresses & {token.mint for token in market.tokens.values()}


def test_shared_routes_have_an_account_for_every_token(market):
    arguments = SwapArguments(FORMS["shared_accounts_route"], (), 1, 1, 0)
    assert market.authority == program_authority(arguments.authority_id)
    for token in market.tokens.values():
        assert associated_token_address(market.authority, token.mint, token.program) in market.addresses


def test_the_mint_of_lend_shares_belongs_to_its_vault(market):
    account = next(account for account in market.world().accounts if account.address == JL_USDC)
    supply_raw = decode_mint(JL_USDC, account.owner, account.data, 0).supply_raw
    assert supply_raw == market.data.vaults["USDC"].supply_raw


def test_the_registry_knows_the_share_of_every_vault(market):
    shares = {vault.addresses.f_token_mint: vault.mint for vault in market.vaults()}
    assert shares == {token.mint: token.underlying for token in TOKENS if token.underlying}


def test_lend_shares_are_worth_their_assets(market):
    assert market.prices[SOL] == 150
    assert market.prices[JL_USDC] == Decimal("1.042088")
    assert Market.named("depeg").prices[find_token("jlUSDT").mint] == Decimal("0.92") * Decimal("1.038251")


def test_every_pool_trades_at_a_venue_with_a_label(market):
    labels = {pool.name: market.venues[pool.venue] for pool in market.pools}
    assert (labels["SOL-USDC"], labels["SOL-USDC-shallow"]) == ("Whirlpool", "Raydium")
    assert all(labels.values())
