"""What the swap instruction costs in each of its forms, over every pair of the market in both directions."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from functools import cache
from itertools import permutations

from reev_tools.chain import EmbeddedChain, Keyring, Vm
from reev_tools.decoding import describe
from reev_tools.jupiter import (
    JupiterRefusalError,
    QuoteRequest,
    SandboxJupiter,
    SwapInstructions,
    SwapInstructionsRequest,
)
from reev_tools.market import Market
from reev_tools.programs import set_compute_unit_limit

_AMOUNT_RAW = 123_456_789
_FEE_BPS = 50
_SWAP_PROGRAM = re.compile(r"Program JUP6\w+ consumed (\d+) of")


@cache
def swap_units() -> tuple[tuple[str, int], ...]:
    """Return the most compute units of the instruction with its calls, by form."""
    return tuple(sorted(asyncio.run(_measured()).items()))


async def _measured() -> dict[str, int]:
    """Swap every token for every other, with a platform fee, which costs another transfer and another event."""
    market, keyring = Market.named(), Keyring(0, "bench")
    chain = EmbeddedChain(Vm(market.world()), keyring)
    user = keyring.address("PAYER")
    await chain.set_lamports(user, 10**12)
    for token in market.tokens.values():
        await chain.set_token_balance(user, token.mint, 10**12)
    start = await chain.checkpoint()
    most: dict[str, int] = {}
    for request in _requests(market):
        for shared in (False, True):
            await chain.rewind(start)
            built = await _built(chain, market, user, request, shared=shared)
            if built is not None:
                form = describe(built.swap_instruction.instruction).name
                most[form] = max(most.get(form, 0), await _units(chain, market, user, built))
    return most


def _requests(market: Market) -> Iterator[QuoteRequest]:
    mints = [token.mint for token in market.tokens.values()]
    for source, target in permutations(mints, 2):
        for mode in ("ExactIn", "ExactOut"):
            for version in ("V1", "V2"):
                yield QuoteRequest.model_validate(
                    {
                        "input_mint": source,
                        "output_mint": target,
                        "amount": _AMOUNT_RAW,
                        "swap_mode": mode,
                        "platform_fee_bps": _FEE_BPS,
                        "instruction_version": version,
                    }
                )


async def _built(
    chain: EmbeddedChain, market: Market, user: str, request: QuoteRequest, *, shared: bool
) -> SwapInstructions | None:
    """Return the instructions, or None where the amount does not fit the pair."""
    jupiter = SandboxJupiter(market, chain)
    paid_in = request.input_mint if request.swap_mode == "ExactOut" else request.output_mint
    program = next(token.program for token in market.tokens.values() if token.mint == paid_in)
    try:
        return await jupiter.swap_instructions(
            SwapInstructionsRequest(
                user_public_key=user,
                quote_response=await jupiter.quote(request),
                wrap_and_unwrap_sol=False,
                use_shared_accounts=shared,
                fee_account=chain.associated_token_address(market.authority, paid_in, program),
            )
        )
    except JupiterRefusalError:
        return None


async def _units(chain: EmbeddedChain, market: Market, user: str, built: SwapInstructions) -> int:
    orders = [set_compute_unit_limit(1_000_000), built.swap_instruction.instruction]
    outcome = await chain.submit(await chain.prepare(orders, payer=user, lookup_tables=[market.lookup_table]))
    if not outcome.succeeded:
        raise SystemExit(f"a swap did not work; its compute units mean nothing: {outcome.failure}")
    return max(int(found[1]) for line in outcome.logs if (found := _SWAP_PROGRAM.match(line)))
