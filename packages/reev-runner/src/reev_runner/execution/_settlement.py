"""The fate of a transaction that nobody answered for: landed, or certain never to land.

The same signed bytes can be sent any number of times and are carried out once at most, so nothing is built anew before
this is known.
"""

from __future__ import annotations

from collections.abc import Callable

from reev_types.chain import Chain, SignedTransaction, TransactionFailure, TransactionOutcome
from reev_types.errors import ChainError
from reev_types.times import Clock

__all__ = ["settled"]

_FIRST_PAUSE_S = 0.4
_LONGEST_PAUSE_S = 6.4
_PATIENCE_S = 150.0
"""More than a blockhash lives: 151 slots of 400 ms are a minute."""


async def settled(
    chain: Chain, transaction: SignedTransaction, clock: Clock, resent: Callable[[], None]
) -> TransactionOutcome:
    """Return what became of ``transaction``, sending it again while that can still help; ``resent`` hears of it.

    Raises ChainError ``fate_unknown`` when the chain says nothing for longer than the transaction lives.
    """
    ends_s = clock.monotonic() + _PATIENCE_S
    pause_s = _FIRST_PAUSE_S
    while True:
        try:
            fate = await _fate(chain, transaction, resent)
        except ChainError as error:
            if clock.monotonic() >= ends_s:
                raise _unknown(transaction) from error
            fate = None
        if fate is not None:
            return fate
        await clock.sleep(pause_s)
        pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)


async def _fate(chain: Chain, transaction: SignedTransaction, resent: Callable[[], None]) -> TransactionOutcome | None:
    landed = await chain.landed(transaction.signature)
    if landed is not None:
        return landed
    if not await chain.is_current(transaction.blockhash):
        # It may have landed between the two questions; now it cannot any more.
        return await chain.landed(transaction.signature) or await _expired(chain, transaction)
    resent()
    outcome = await chain.submit(transaction)
    # Another copy may be on its way: a refusal is final only when the blockhash has expired.
    return outcome if outcome.landed else None


async def _expired(chain: Chain, transaction: SignedTransaction) -> TransactionOutcome:
    failure = TransactionFailure(code="blockhash_expired", message="it never landed, and its blockhash has expired")
    slot = (await chain.clock()).slot
    return TransactionOutcome(signature=transaction.signature, slot=slot, landed=False, failure=failure)


def _unknown(transaction: SignedTransaction) -> ChainError:
    return ChainError(
        "fate_unknown",
        f"nobody says whether the transaction {transaction.signature} has landed",
        suggestions=("resume the session when the chain answers again: nothing is sent anew before that is known",),
        context={"signature": transaction.signature},
    )
