"""What a fault does to the chain's state, told by its event alone."""

from __future__ import annotations

from reev_types.chain import SandboxChain
from reev_types.recovery_events import FaultInjected

__all__ = ["carry_out"]


async def carry_out(event: FaultInjected, chain: SandboxChain) -> None:
    """Do to ``chain`` what ``event`` did: set its accounts, let its time pass.

    On a chain in the state that the fault met, this is the whole of it, so a rebuilt chain needs nothing else.
    """
    for account in event.accounts:
        await chain.set_account(account)
    if event.slots or event.seconds:
        await chain.advance(slots=event.slots, seconds=event.seconds)
