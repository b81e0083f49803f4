"""A world onto a node: programs and accounts by decree."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from solders.account import Account
from solders.pubkey import Pubkey

from reev_tools.chain import World
from reev_tools.chain._keys import pubkey

from ._node import Node

__all__ = ["install", "put_all"]

_LOADER = pubkey("BPFLoader2111111111111111111111111111111111")
_AT_ONCE = 8


async def install(node: Node, world: World) -> None:
    """Put every account and program of ``world``; what else is on the node stays.

    Programs are given to the loader that keeps code and account in one.
    """
    rent = await node.rent()
    programs = (
        (pubkey(address), Account(rent.minimum_balance(len(image)), image, _LOADER, executable=True))
        for address, image in world.programs
    )
    accounts = (
        (pubkey(each.address), Account(each.lamports, each.data, pubkey(each.owner))) for each in world.accounts
    )
    await put_all(node, [*programs, *accounts])


async def put_all(node: Node, states: Iterable[tuple[Pubkey, Account | None]]) -> None:
    """Put many accounts, several at once: the node takes no batches."""
    turns = asyncio.Semaphore(_AT_ONCE)

    async def put(key: Pubkey, account: Account | None) -> None:
        async with turns:
            await node.put(key, account)

    await asyncio.gather(*(put(key, account) for key, account in states))
