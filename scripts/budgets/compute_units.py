"""What the swap instruction costs, in each of its forms."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from reev_tools.chain import EmbeddedChain, Keyring, Vm
from reev_tools.market import Market
from reev_tools.market.swap import (
    FORMS,
    Form,
    Hop,
    SwapArguments,
    SwapParties,
    pool_address,
    read_pool,
    route_plan,
    swap_instruction,
)

SOL = "So11111111111111111111111111111111111111112"
USDC = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"
PYUSD = "2b1kV6DkPAnxd5ixfnxCpjxmKwqjjaYmCZfHsFu24GXo"
_POOLS = ("SOL-USDC", "PYUSD-USDC")


@cache
def swap_units() -> tuple[tuple[str, int], ...]:
    """Return the compute units of the instruction alone, with its calls: each form, over one pool and over two."""
    return tuple(asyncio.run(_measured()))


async def _measured() -> list[tuple[str, int]]:
    market, keyring = Market.named(), Keyring(0, "bench")
    chain = EmbeddedChain(Vm(market.world()), keyring)
    terms = {pool.name: pool for pool in market.pools}
    addresses = [pool_address(pool.mint_a, pool.mint_b, pool.venue)[0] for pool in map(terms.__getitem__, _POOLS)]
    first, second = [await read_pool(chain, address) for address in addresses]
    hops = [first.hop(SOL), second.hop(USDC)]
    trader = await _trader(chain, keyring)
    ways = [(form, hops[:count]) for form in FORMS.values() for count in (1, 2)]
    return [(f"{form.name} over {len(way)}", await trader.swap(form, way)) for form, way in ways]


@dataclass(frozen=True)
class _Trader:
    """A wallet with accounts for every mint, and a platform that takes fees."""

    chain: EmbeddedChain
    user: str
    accounts: dict[str, str]
    fee_accounts: dict[str, str]

    async def swap(self, form: Form, hops: Sequence[Hop]) -> int:
        source, output = hops[0].into.mint, hops[-1].out_of.mint
        amount, quoted = (10**6, 2**63) if form.exact_out else (10**8, 1)
        arguments = SwapArguments(form, route_plan(hops), amount, quoted, 0, platform_fee_bps=50)
        fee_account = self.fee_accounts[source if form.exact_out else output]
        parties = SwapParties(self.user, self.accounts[source], self.accounts[output], fee_account)
        instruction = swap_instruction(arguments, hops, parties)
        outcome = await self.chain.submit(await self.chain.prepare([instruction], payer=self.user))
        if not outcome.succeeded:
            raise SystemExit(f"{form.name} did not work; its compute units mean nothing: {outcome.failure}")
        return outcome.compute_units


async def _trader(chain: EmbeddedChain, keyring: Keyring) -> _Trader:
    user, platform = keyring.address("PAYER"), keyring.address("PLATFORM")
    await chain.set_lamports(user, 10**12)
    accounts = {mint: await chain.set_token_balance(user, mint, 10**10) for mint in (SOL, USDC, PYUSD)}
    fee_accounts = {mint: await chain.set_token_balance(platform, mint, 0) for mint in (SOL, USDC, PYUSD)}
    return _Trader(chain, user, accounts, fee_accounts)
