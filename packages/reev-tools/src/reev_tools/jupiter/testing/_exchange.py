"""What the parts of the contract share: their hook, their cast and their checks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from reev_tools.jupiter import JupiterClient, JupiterRefusalError, Quote, QuoteRequest, SwapInstructionsRequest
from reev_types.addresses import encode_base58
from reev_types.chain import Instruction, SandboxChain, TransactionOutcome
from reev_types.tokens import SOL_MINT, find_token

__all__ = [
    "NOBODY",
    "NO_MINT",
    "ONE_SOL",
    "SOL",
    "USDC",
    "Exchange",
    "JupiterHooks",
    "carry_out",
    "expect_refusal",
    "swap",
]

SOL = SOL_MINT
USDC = find_token("USDC").mint
ONE_SOL = 10**9
NOBODY = encode_base58(bytes([7]) * 32)
"""A wallet that holds nothing."""
NO_MINT = encode_base58(bytes([9]) * 32)
"""A mint that no market knows."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A client, the chain that its market is on, and a wallet that the chain signs for."""

    client: JupiterClient
    chain: SandboxChain
    wallet: str

    async def held_raw(self, mint: str) -> int:
        """Return what the wallet holds of a mint in token accounts."""
        return sum([each.amount_raw for each in await self.chain.token_accounts(self.wallet) if each.mint == mint])

    async def send(self, *instructions: Instruction, lookup_tables: tuple[str, ...] = ()) -> TransactionOutcome:
        """Have the wallet sign and send."""
        order = await self.chain.prepare(instructions, payer=self.wallet, lookup_tables=lookup_tables)
        return await self.chain.submit(order)


class JupiterHooks(ABC):
    """What a test class has to provide."""

    @abstractmethod
    def open_exchange(self) -> AbstractAsyncContextManager[Exchange]:
        """Open a fresh market that trades SOL and USDC directly at two venues or more, and lends USDC.

        The wallet holds 10 SOL and nothing else.
        """


def swap(source: str, target: str, amount_raw: int, **terms: object) -> QuoteRequest:
    """Return a request; ``terms`` are its other fields."""
    said = {"input_mint": source, "output_mint": target, "amount_raw": amount_raw, **terms}
    return QuoteRequest.model_validate(said)


async def carry_out(exchange: Exchange, quote: Quote) -> TransactionOutcome:
    """Build the instructions of a quote, in the order that Jupiter prescribes, and send them."""
    request = SwapInstructionsRequest(user_public_key=exchange.wallet, quote_response=quote)
    built = await exchange.client.swap_instructions(request)
    parts = (
        *built.compute_budget_instructions,
        *built.setup_instructions,
        built.swap_instruction,
        *([built.cleanup_instruction] if built.cleanup_instruction else []),
        *built.other_instructions,
    )
    instructions = [part.instruction for part in parts]
    return await exchange.send(*instructions, lookup_tables=built.address_lookup_table_addresses)


async def expect_refusal(request: Awaitable[object], *codes: str) -> None:
    """Await ``request``, which must raise JupiterRefusalError with one of ``codes``."""
    raised: JupiterRefusalError | None = None
    try:
        await request
    except JupiterRefusalError as error:
        raised = error
    assert raised is not None, f"expected a refusal: {', '.join(codes)}"
    assert raised.code in codes, raised
    assert raised.message, "a refusal has to say why"
