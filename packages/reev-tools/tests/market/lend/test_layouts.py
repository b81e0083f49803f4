from __future__ import annotations

import pytest

from reev_tools.market.lend import _layouts as layouts
from reev_tools.market.lend._layouts import LENDING, Layout, Lending

SIZES = {
    "LENDING": (196, "87c75210f983b6f1"),
    "LENDING_ADMIN_LAYOUT": (111, "2a0821dca328d205"),
    "LIQUIDITY_LAYOUT": (74, "36fcf9e289ac793a"),
    "RATE_MODEL": (53, "5e03cbdb6b8904a2"),
    "REWARDS_RATE_MODEL": (89, "a6484783ac4aa6b5"),
    "TOKEN_RESERVE": (192, "15123b8778141f0c"),
    "USER_SUPPLY_POSITION": (124, "cadb88763db11592"),
}
EXAMPLE = Lending(
    mint="EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",
    f_token_mint="9BEcn9aPEmhSPbPQeFGjidRiEKki46fVQDyPpSQXPA2D",
    lending_id=258,
    decimals=6,
    rewards_rate_model="5xSPBiD3TibamAnwHDhZABdB4z4F9dcj5PnbteroBTTd",
    liquidity_exchange_price=1,
    token_exchange_price=2,
    last_update_timestamp=3,
    token_reserves_liquidity="94vK29npVbyRHXH63rRcTiSr26SFhrQTzbpNJuhQEDu",
    supply_position_on_liquidity="Hf9gtkM4dpVBahVSzEXSVCAPpKzBsBcns3s8As3z77oF",
    bump=255,
)


@pytest.mark.parametrize("name", SIZES)
def test_size_and_tag_are_those_of_the_interface(name: str) -> None:
    layout: Layout[Lending] = getattr(layouts, name)
    size, tag = SIZES[name]
    assert layout.size == size
    assert layout.decode(bytes.fromhex(tag) + bytes(size - 8)) is not None
    assert layout.decode(bytes(size)) is None


def test_a_record_reads_back_as_it_was_written() -> None:
    assert LENDING.decode(LENDING.encode(EXAMPLE)) == EXAMPLE


def test_fields_stand_where_the_interface_puts_them() -> None:
    data = LENDING.encode(EXAMPLE)
    assert data[72:75] == b"\2\1\6"
    assert data[107:131] == b"".join(value.to_bytes(8, "little") for value in (1, 2, 3))
    assert data[195:] == b"\xff"


def test_an_account_cut_short_is_no_record() -> None:
    assert LENDING.decode(LENDING.encode(EXAMPLE)[:-1]) is None
