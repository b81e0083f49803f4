"""What the parts of the chain contract share: their hooks, their cast and their checks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable

from reev_types.addresses import encode_base58
from reev_types.chain import Instruction, SandboxChain, TransactionFailure, TransactionOutcome
from reev_types.errors import ChainError

__all__ = ["FEE", "NOBODY", "SOL", "ChainHooks", "expect_error", "failure_in", "lamports_of", "send"]

SOL = 10**9
FEE = 5_000
"""Lamports for one signature."""
NOBODY = encode_base58(bytes([7]) * 32)
"""A wallet that no chain knows and whose key no chain holds."""


class ChainHooks(ABC):
    """What a test class has to provide."""

    @abstractmethod
    async def open_chain(self) -> SandboxChain:
        """Return a fresh chain with a mint for every token of the registry."""

    @abstractmethod
    def wallet(self, name: str) -> str:
        """Return the address of a wallet that the opened chains can sign for, the same for the same name."""

    async def funded(self, chain: SandboxChain, name: str) -> str:
        """Return a wallet that holds 10 SOL."""
        address = self.wallet(name)
        await chain.set_lamports(address, 10 * SOL)
        return address


async def send(chain: SandboxChain, *instructions: Instruction, payer: str) -> TransactionOutcome:
    """Prepare and submit."""
    return await chain.submit(await chain.prepare(instructions, payer=payer))


async def lamports_of(chain: SandboxChain, address: str) -> int:
    """Return the balance, 0 where there is no account."""
    account = await chain.account(address)
    return account.lamports if account else 0


def failure_in(outcome: TransactionOutcome, code: str) -> TransactionFailure:
    """Return the failure, which must have ``code`` and say something."""
    assert outcome.failure is not None, "the transaction should have failed"
    assert outcome.failure.code == code, outcome.failure
    assert outcome.failure.message, "a failure has to say why"
    return outcome.failure


async def expect_error(code: str, request: Awaitable[object]) -> None:
    """Await ``request``, which must raise ChainError with ``code``."""
    raised: ChainError | None = None
    try:
        await request
    except ChainError as error:
        raised = error
    assert raised is not None, f"expected ChainError {code}"
    assert raised.code == code, raised
