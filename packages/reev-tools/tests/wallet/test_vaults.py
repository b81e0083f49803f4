"""The share price that a vault's published numbers allow."""

from hypothesis import given, settings
from hypothesis import strategies as st

from reev_tools.jupiter import LendAsset, LendToken
from reev_tools.market.lend import PRICE_ONE
from reev_tools.wallet._vaults import price_text, share_price
from reev_types.tokens import find_token

ASSET, SHARE = find_token("USDC"), find_token("jlUSDC")


def vault(price: int, supply_raw: int, decimals: int = 6) -> LendToken:
    """A vault as Jupiter tells of it: every amount rounded down."""
    return LendToken(
        id=1,
        address=SHARE.mint,
        name=SHARE.name,
        symbol=SHARE.symbol,
        decimals=decimals,
        asset_address=ASSET.mint,
        asset=LendAsset(address=ASSET.mint, name=ASSET.name, symbol=ASSET.symbol, decimals=decimals),
        total_assets_raw=supply_raw * price // PRICE_ONE,
        total_supply_raw=supply_raw,
        convert_to_shares_raw=10**decimals * PRICE_ONE // price,
        convert_to_assets_raw=10**decimals * price // PRICE_ONE,
        rewards_rate_bps=0,
        supply_rate_bps=0,
        total_rate_bps=0,
    )


@settings(max_examples=200)
@given(price=st.integers(PRICE_ONE, 3 * PRICE_ONE), supply_raw=st.integers(10**12, 10**18))
def test_a_vault_of_ordinary_size_gives_its_price_away_exactly(price, supply_raw):
    assert share_price(vault(price, supply_raw)) == price


@settings(max_examples=200)
@given(price=st.integers(PRICE_ONE, 3 * PRICE_ONE), supply_raw=st.integers(0, 10**12), decimals=st.integers(6, 9))
def test_a_small_vault_gives_it_to_a_unit_of_a_whole_token(price, supply_raw, decimals):
    told = share_price(vault(price, supply_raw, decimals))
    assert told <= price
    assert (price - told) * 10**decimals < PRICE_ONE


def test_totals_that_contradict_the_price_do_not_move_it_beyond_its_rounding():
    odd = vault(PRICE_ONE * 5 // 4, 10**12).model_copy(update={"total_assets_raw": 9 * 10**12})
    assert share_price(odd) - PRICE_ONE * 5 // 4 < PRICE_ONE // 10**6


def test_a_price_reads_as_units_of_the_asset_for_a_share():
    assert price_text(1_042_088_000_000) == "1.042088"
