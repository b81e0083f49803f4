"""What the attempts of one step have done, so that none of them does it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from reev_types.chain import AccountChange, Chain, TransactionOutcome
from reev_types.recovery import Landed
from reev_types.tools import BalanceChange, Executed, ToolCall, ToolResult

from ._sameness import ask_for_the_same

__all__ = ["DoneCall", "StepMemory", "change_in_words", "changes_made", "executed"]

_NO_NAMES: Mapping[str, str] = MappingProxyType({})


@dataclass(slots=True)
class DoneCall:
    """A call whose transaction did its work, whatever the tool said of it."""

    call: ToolCall
    part_id: str
    """The step, or the part of it, that the call was made for."""
    outcome: TransactionOutcome
    result: ToolResult | None = None
    """What the tool said; None while it has not, and for good where it was broken off."""
    changes: tuple[BalanceChange, ...] = ()
    """What it did to holdings, the wallet's and others'; known once the memory is ``complete``."""


class StepMemory:
    """The calls of a step that have landed, over all of its attempts and parts."""

    def __init__(self, done: Sequence[DoneCall] = ()) -> None:
        self.done = list(done)
        self._unclaimed: list[DoneCall] = []

    def begin_attempt(self, part_id: str) -> None:
        """From now on a call for ``part_id`` may be one that an earlier attempt has made; each counts once."""
        self._unclaimed = [done for done in self.done if done.part_id == part_id]

    def add(self, done: DoneCall) -> None:
        """Keep a call that has landed."""
        self.done.append(done)

    async def complete(self, chain: Chain) -> None:
        """Find out what the calls did that have landed since this was last asked for; raises ChainError."""
        for done in self.done:
            if not done.changes:
                done.changes = await changes_made(done.result, done.outcome, chain)
                done.result = done.result or executed(done.outcome, done.changes)

    def claim(self, call: ToolCall, names: Mapping[str, str] = _NO_NAMES) -> ToolResult | None:
        """Return what an equal call of an earlier attempt did, or None where ``call`` has not been made yet.

        ``names`` are those that accounts may be called by.
        """
        for index, done in enumerate(self._unclaimed):
            if ask_for_the_same(done.call, call, names):
                return self._unclaimed.pop(index).result
        return None

    def changes(self, wallet: str) -> tuple[BalanceChange, ...]:
        """Return what the step has done to the holdings of ``wallet``."""
        return tuple(change for done in self.done for change in done.changes if change.owner == wallet)

    def landed(self, wallet: str) -> tuple[Landed, ...]:
        """Return the calls in the terms in which the agent of ``wallet`` is told of them."""
        return tuple(
            Landed(
                call_id=done.call.call_id,
                tool=done.call.tool,
                arguments=done.call.arguments,
                signature=done.outcome.signature,
                summary=change_in_words([change for change in done.changes if change.owner == wallet]),
            )
            for done in self.done
        )


def change_in_words(changes: Sequence[BalanceChange]) -> str:
    """Return changes such as ``-0.1 SOL, +14.99 USDC``; empty where nothing changed."""
    return ", ".join(f"{change.change} {change.symbol}" for change in changes)


async def changes_made(
    result: ToolResult | None, outcome: TransactionOutcome, chain: Chain
) -> tuple[BalanceChange, ...]:
    """Return what a call did: in the tool's words, or from the transaction where the tool could not say."""
    if isinstance(result, Executed):
        return result.balance_changes
    return tuple([await _balance_change(change, chain) for change in outcome.changes if _is_movement(change)])


def executed(outcome: TransactionOutcome, changes: tuple[BalanceChange, ...]) -> Executed:
    """Return what a tool would have said, had it lived to."""
    return Executed(signature=outcome.signature, fee_lamports=outcome.fee_lamports, balance_changes=changes)


def _is_movement(change: AccountChange) -> bool:
    return change.token is None or change.token.before_raw != change.token.after_raw


async def _balance_change(change: AccountChange, chain: Chain) -> BalanceChange:
    mint = None if change.token is None else await chain.mint(change.token.mint)
    return BalanceChange.of(change, mint.decimals if mint else 0)
