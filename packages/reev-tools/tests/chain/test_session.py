"""Token accounts that the world holds already, as sessions see them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from reev_tools.chain import Vm, World, encode_token_account
from reev_types.chain import AccountState
from reev_types.tokens import TOKEN_PROGRAM, find_token

USDC = find_token("USDC").mint
OWNER = "7YttLkHDoNj9wyDur5pM1ejNaAvT9X4eqaYcHQqtj2G5"
OTHER = "3gvYRKWyXRR9xKWe1ZjPhLY5ZJRN7KDB4rFZFGoJfFk3"
PLACE = "9XorNZB6QQNKNTD9yoC3x2S43gimwk6zt6GZpFwsThem"


def holding(amount_raw: int, owner: str = OWNER) -> AccountState:
    data = encode_token_account(mint=USDC, owner=owner, amount_raw=amount_raw)
    return AccountState(address=PLACE, owner=TOKEN_PROGRAM, lamports=2_039_280, data=data)


@pytest.fixture
def settled(open_sandbox: Callable[..., Any]) -> Any:
    """A session in a world where OWNER has 5 raw units."""
    return open_sandbox(on=Vm(World.genesis([holding(5)])))


async def amounts(sandbox: Any, owner: str) -> list[int]:
    return [account.amount_raw for account in await sandbox.chain.token_accounts(owner)]


async def test_the_token_accounts_of_the_world_are_found(settled: Any) -> None:
    assert await amounts(settled, OWNER) == [5]


async def test_a_changed_token_account_of_the_world_is_listed_once(settled: Any) -> None:
    await settled.chain.set_account(holding(6))
    assert await amounts(settled, OWNER) == [6]


async def test_a_removed_token_account_of_the_world_is_not_listed(settled: Any) -> None:
    await settled.chain.set_lamports(PLACE, 0)
    assert await amounts(settled, OWNER) == []


async def test_a_token_account_of_the_world_is_listed_with_its_present_owner(settled: Any) -> None:
    await settled.chain.set_account(holding(5, OTHER))
    assert (await amounts(settled, OWNER), await amounts(settled, OTHER)) == ([], [5])
