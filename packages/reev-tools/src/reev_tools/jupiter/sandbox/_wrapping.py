"""What surrounds a swap: token accounts to exist before it, and SOL wrapped before and unwrapped after it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from reev_tools.chain import associated_token_address
from reev_tools.jupiter import Quote, SwapInstructionsRequest, WireInstruction
from reev_tools.market.swap import Reserve, maximum_in_raw
from reev_tools.programs import close_account, create_associated_token_account, sync_native, transfer_lamports
from reev_types.chain import Instruction
from reev_types.tokens import SOL_MINT, TOKEN_PROGRAM

__all__ = ["Surroundings", "surroundings"]


class Surroundings(NamedTuple):
    """The user's accounts, and the instructions that make and remove them."""

    source: str
    destination: str
    setup: tuple[WireInstruction, ...]
    cleanup: Instruction | None


def surroundings(request: SwapInstructionsRequest, paid: Reserve, received: Reserve) -> Surroundings:
    """Return what a swap of ``paid`` for ``received`` needs around it.

    Of SOL exactly what the swap can cost is wrapped: the input, or for ExactOut the most that slippage allows.
    Closing the account afterwards unwraps all that it then holds, also what was wrapped before.
    """
    user = request.user_public_key
    source = associated_token_address(user, paid.mint, paid.program)
    own = associated_token_address(user, received.mint, received.program)
    destination = request.destination_token_account or own
    setup: list[WireInstruction] = []
    if request.destination_token_account is None:
        setup.append(_creation(user, own, received.mint, received.program))
    wrapped = None
    if request.wrap_and_unwrap_sol and paid.mint == SOL_MINT:
        setup.append(_creation(user, source, paid.mint, paid.program))
        setup += _wrap(user, source, _most_in_raw(request.quote_response))
        wrapped = source
    elif request.wrap_and_unwrap_sol and received.mint == SOL_MINT and destination == own:
        wrapped = own
    cleanup = close_account(TOKEN_PROGRAM, wrapped, user, user) if wrapped else None
    return Surroundings(source, destination, tuple(setup), cleanup)


@lru_cache(maxsize=256)
def _creation(user: str, account: str, mint: str, program: str) -> WireInstruction:
    return WireInstruction.of(create_associated_token_account(user, account, user, mint, program))


def _wrap(user: str, account: str, lamports: int) -> Iterator[WireInstruction]:
    yield WireInstruction.of(transfer_lamports(user, account, lamports))
    yield WireInstruction.of(sync_native(TOKEN_PROGRAM, account))


def _most_in_raw(quote: Quote) -> int:
    # Not the quote's own threshold: the program decides by slippage, and does not see the threshold.
    exact_in = quote.swap_mode == "ExactIn"
    return quote.in_amount_raw if exact_in else maximum_in_raw(quote.in_amount_raw, quote.slippage_bps)
