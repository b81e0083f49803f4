"""The plan as it was executed, carried out once more: no recovery, no journal, a chain without faults."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import cast

from reev_runner.execution import PreparedWorld, embedded_sandbox, prepare_world
from reev_tools.faults import carry_out
from reev_tools.wallet import Wallet, WalletTools
from reev_types.benchmarks import TestCase
from reev_types.chain import Chain, SandboxChain, SignedTransaction, TransactionOutcome
from reev_types.events import Event, ToolCalled, TransactionReturned, TransactionSent
from reev_types.recovery_events import FaultInjected, TimePassed, TransactionResent
from reev_types.tokens import SOL_MINT
from reev_types.tools import Executed, ToolCall

__all__ = ["differences"]


async def differences(
    case: TestCase, seed: int, events: Sequence[Event], chain: Chain, world: PreparedWorld, skipped: Collection[int]
) -> list[str]:
    """Return, in words, every holding in which ``chain`` differs from the plan's execution without faults.

    ``skipped`` are events that ``chain`` has not seen the effect of.
    """
    oracle = await prepare_world(case, embedded_sandbox("default"), seed)
    problems = await _execute(oracle, [event for event in events if event.seq not in skipped])
    fees_lamports = sum(event.outcome.fee_lamports for event in _returned(events) if event.outcome.failure)
    for owner in (world.wallet, *(world.addresses[name] for name in sorted(world.addresses) if "RECIPIENT" in name)):
        expected, found = await _holdings(oracle.chain, owner), await _holdings(chain, owner)
        if owner == world.wallet:
            expected[SOL_MINT] -= fees_lamports
        problems += [f"{owner} has {found}, and would have {expected}"] if expected != found else []
    return problems


async def _execute(oracle: PreparedWorld, events: Sequence[Event]) -> list[str]:
    """Do again what the journal says succeeded, quoted and sent when it was; return what did not work."""
    meanwhile = Meanwhile(oracle.chain)
    chain = cast("Chain", meanwhile)
    tools = WalletTools(Wallet(oracle.wallet, chain, names=oracle.addresses, jupiter=oracle.jupiter))
    deeds = _deeds(events)
    done_until = 0
    problems = []
    for event in events:
        if event.seq >= done_until:
            await _decree(event, oracle.chain)
        if event.seq in deeds:
            call, done_until = deeds[event.seq]
            meanwhile.decrees = [each for each in events if event.seq < each.seq < done_until]
            result = await tools.call(call)
            if not isinstance(result, Executed):
                problems.append(f"{call.tool} {call.arguments} does not work without faults: {result}")
    return problems


class Meanwhile:
    """A chain on which something happens between a quote and the transaction that was built on it."""

    def __init__(self, chain: SandboxChain) -> None:
        self._chain = chain
        self.decrees: Sequence[Event] = ()

    def __getattr__(self, name: str) -> object:
        return getattr(self._chain, name)

    async def submit(self, transaction: SignedTransaction) -> TransactionOutcome:
        for event in self.decrees:
            await _decree(event, self._chain)
        return await self._chain.submit(transaction)


async def _decree(event: Event, chain: SandboxChain) -> None:
    match event:
        case TimePassed(slots=slots, seconds=seconds):
            await chain.advance(slots=slots, seconds=seconds)
        case FaultInjected():
            await carry_out(event, chain)
        case _:
            pass


def _deeds(events: Sequence[Event]) -> Mapping[int, tuple[ToolCall, int]]:
    """Return by event what was sent there and succeeded, and the event with which it landed."""
    calls: dict[tuple[str, str], ToolCall] = {}
    sent: dict[str, tuple[int, ToolCall]] = {}
    lost: dict[str, int] = {}
    deeds: dict[int, tuple[ToolCall, int]] = {}
    for event in events:
        match event:
            case ToolCalled(step_id=step_id, call_id=call_id, tool=tool, arguments=arguments):
                calls[step_id, call_id] = ToolCall(call_id=call_id, tool=tool, arguments=arguments)
            case TransactionSent(step_id=step_id, call_id=call_id, signature=signature):
                sent[signature] = event.seq, calls[step_id, call_id]
            case FaultInjected(kind="lost_reply", detail=signature):
                lost[signature] = event.seq
            case TransactionResent(signature=signature):
                lost.pop(signature, None)
            case TransactionReturned(outcome=outcome) if outcome.succeeded:
                at, call = sent[outcome.signature]
                deeds[at] = call, lost.get(outcome.signature, event.seq)
            case _:
                pass
    return deeds


def _returned(events: Sequence[Event]) -> Iterator[TransactionReturned]:
    return (event for event in events if isinstance(event, TransactionReturned))


async def _holdings(chain: Chain, owner: str) -> dict[str, int]:
    """Return the lamports and tokens of a wallet by mint, the rent in its token accounts included."""
    account = await chain.account(owner)
    held = {SOL_MINT: account.lamports if account else 0}
    for token in await chain.token_accounts(owner):
        backing = await chain.account(token.address)
        held[SOL_MINT] += backing.lamports if backing else 0
        held[token.mint] = held.get(token.mint, 0) + token.amount_raw if token.mint != SOL_MINT else held[SOL_MINT]
    return held
