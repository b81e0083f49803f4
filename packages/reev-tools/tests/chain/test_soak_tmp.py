"""Random operations in interleaved sessions on one VM, against VMs of their own and against a plain LiteSVM."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from solders.account import Account
from solders.litesvm import LiteSVM
from solders.transaction import VersionedTransaction
from solders.transaction_metadata import FailedTransactionMetadata

from reev_tools.chain import EmbeddedChain, Keyring, Vm, World
from reev_tools.chain._keys import pubkey
from reev_tools.programs import SYSTEM_PROGRAM, create_associated_token_account, transfer_checked, transfer_lamports
from reev_types.chain import AccountState, Checkpoint, Instruction, SignedTransaction, TransactionOutcome
from reev_types.tokens import TOKEN_PROGRAM, find_token

SOL = 10**9
WORLD = World.genesis()
SHARED = Vm(WORLD)
TOKENS = (find_token("USDC"), find_token("PYUSD"))
SESSIONS = 3

wallets = st.integers(0, 2)
tokens = st.sampled_from(TOKENS)
lamports = st.sampled_from([0, 1, 5_000, 890_880, SOL, 3 * SOL, 1_000 * SOL])
amounts = st.integers(0, 150)
operations = st.one_of(
    st.tuples(st.just("fund"), wallets, lamports),
    st.tuples(st.just("endow"), wallets, tokens, amounts),
    st.tuples(st.just("pay"), wallets, wallets, lamports),
    st.tuples(st.just("gift_to_program"), wallets, lamports),
    st.tuples(st.just("open"), wallets, wallets, tokens),
    st.tuples(st.just("send"), wallets, wallets, tokens, amounts),
    st.tuples(st.just("repeat")),
    st.tuples(st.just("simulate"), wallets, wallets, lamports),
    st.tuples(st.just("advance"), st.sampled_from([1, 149, 151]), st.integers(0, 100)),
    st.tuples(st.just("checkpoint")),
    st.tuples(st.just("rewind"), st.integers(0, 5)),
)
Operation = tuple[Any, ...]


@dataclass
class Play:
    """One session that carries out operations and remembers what an independent VM has to reproduce."""

    vm: Vm
    number: int
    events: list[tuple[str, Any]] = field(default_factory=list)
    """What the present state rests on: installed accounts, times, and transactions with their outcomes."""
    checkpoints: list[tuple[Checkpoint, list[tuple[str, Any]]]] = field(default_factory=list)
    latest: SignedTransaction | None = None

    def __post_init__(self) -> None:
        self.keys = Keyring(self.number, "isolation")
        self.chain = EmbeddedChain(self.vm, self.keys, seed=self.number)

    async def carry_out(self, operation: Operation) -> object:
        """Return what the operation shows of the chain."""
        kind, *arguments = operation
        return await getattr(self, kind)(*arguments)

    def wallet(self, number: int) -> str:
        return self.keys.address(str(number))

    async def fund(self, owner: int, lamports: int) -> object:
        await self.chain.set_lamports(self.wallet(owner), lamports)
        return await self.note(self.wallet(owner))

    async def endow(self, owner: int, token: Any, amount_raw: int) -> object:
        address = await self.chain.set_token_balance(self.wallet(owner), token.mint, amount_raw)
        await self.note(address)
        return await self.chain.token_accounts(self.wallet(owner))

    async def note(self, address: str) -> AccountState | None:
        state = await self.chain.account(address)
        self.events.append(("account", (address, state)))
        return state

    async def pay(self, source: int, target: int, lamports: int) -> TransactionOutcome | None:
        return await self.submit(source, transfer_lamports(self.wallet(source), self.wallet(target), lamports))

    async def gift_to_program(self, source: int, lamports: int) -> TransactionOutcome | None:
        return await self.submit(source, transfer_lamports(self.wallet(source), TOKEN_PROGRAM, lamports))

    async def open(self, payer: int, owner: int, token: Any) -> TransactionOutcome | None:
        who = self.wallet(owner)
        account = self.chain.associated_token_address(who, token.mint, token.program)
        order = create_associated_token_account(self.wallet(payer), account, who, token.mint, token.program)
        return await self.submit(payer, order)

    async def send(self, source: int, target: int, token: Any, amount_raw: int) -> TransactionOutcome | None:
        owner = self.wallet(source)
        ends = [
            self.chain.associated_token_address(who, token.mint, token.program) for who in (owner, self.wallet(target))
        ]
        order = transfer_checked(token.program, ends[0], token.mint, ends[1], owner, amount_raw, token.decimals)
        return await self.submit(source, order)

    async def simulate(self, source: int, target: int, lamports: int) -> TransactionOutcome:
        order = transfer_lamports(self.wallet(source), self.wallet(target), lamports)
        prepared = await self.chain.prepare([order], payer=self.wallet(source))
        before = await self.chain.state_hash()
        outcome = await self.chain.simulate(prepared)
        assert await self.chain.state_hash() == before
        return outcome

    async def submit(self, payer: int, order: Instruction) -> TransactionOutcome | None:
        self.latest = await self.chain.prepare([order], payer=self.wallet(payer))
        return await self.repeat()

    async def repeat(self) -> TransactionOutcome | None:
        """Submit the latest transaction, whether or not it landed before."""
        if self.latest is None:
            return None
        time = await self.chain.clock()
        known = await self.chain.landed(self.latest.signature)
        outcome = await self.chain.submit(self.latest)
        assert not (known and outcome.landed)
        if outcome.landed:
            self.events.append(("transaction", (self.latest.raw, time, outcome)))
            assert await self.chain.landed(self.latest.signature) == outcome
        return outcome

    async def advance(self, slots: int, seconds: int) -> object:
        await self.chain.advance(slots=slots, seconds=seconds)
        return await self.chain.clock()

    async def checkpoint(self) -> str:
        made = await self.chain.checkpoint()
        self.checkpoints.append((made, list(self.events)))
        return made.state_hash

    async def rewind(self, index: int) -> object:
        if not self.checkpoints:
            return None
        to, events = self.checkpoints[index % len(self.checkpoints)]
        await self.chain.rewind(to)
        self.events = list(events)
        assert await self.chain.state_hash() == to.state_hash
        return to.state_hash


def as_account(state: AccountState | None) -> Account:
    if state is None:
        return Account(0, b"", pubkey(SYSTEM_PROGRAM))
    return Account(state.lamports, state.data, pubkey(state.owner))


def on_a_plain_litesvm(events: Sequence[tuple[str, Any]], start: Vm) -> LiteSVM:
    """Repeat what a session did on a LiteSVM that checks signatures, comparing every outcome."""
    svm = LiteSVM().with_sigverify(True).with_blockhash_check(False).with_transaction_history(0)
    for each in WORLD.accounts:
        svm.set_account(pubkey(each.address), as_account(each))
    for kind, content in events:
        if kind == "account":
            address, state = content
            account = (
                Account(state.lamports, state.data, pubkey(state.owner))
                if state
                else Account(0, b"", pubkey(SYSTEM_PROGRAM))
            )
            svm.set_account(pubkey(address), account)
        else:
            raw, time, outcome = content
            svm.set_clock(start.clock(time))
            result = svm.send_transaction(VersionedTransaction.from_bytes(raw))
            failed = isinstance(result, FailedTransactionMetadata)
            meta = result.meta() if isinstance(result, FailedTransactionMetadata) else result
            assert failed == (outcome.failure is not None)
            assert (tuple(meta.logs()), meta.compute_units_consumed()) == (outcome.logs, outcome.compute_units)
            assert (meta.fee(), bytes(meta.return_data().data)) == (outcome.fee_lamports, outcome.return_data)
    return svm


async def check_accounts(play: Play, svm: LiteSVM) -> None:
    owners = [play.wallet(number) for number in range(3)]
    places = [
        play.chain.associated_token_address(owner, token.mint, token.program) for owner in owners for token in TOKENS
    ]
    for address in [*owners, *places, *(token.mint for token in TOKENS), TOKEN_PROGRAM]:
        state, account = await play.chain.account(address), svm.get_account(pubkey(address))
        # LiteSVM itself keeps the empty account of a payer who spent the last lamport on a fee.
        assert (state is None) == (account is None or account.lamports == 0)
        if state and account:
            assert (state.lamports, state.owner) == (account.lamports, str(account.owner))
            assert (state.data, state.executable) == (account.data, account.executable)


SETUP: list[Operation] = [("fund", number, 5 * SOL) for number in range(2)]
scripts = st.lists(st.tuples(st.integers(0, SESSIONS - 1), operations), min_size=1, max_size=40)


@settings(max_examples=2000)
@given(scripts)
async def test_interleaved_sessions_equal_sessions_on_vms_of_their_own(script: list[tuple[int, Operation]]) -> None:
    script = [(number, operation) for number in range(SESSIONS) for operation in SETUP] + script
    together = [Play(SHARED, number) for number in range(SESSIONS)]
    shown = [(number, await together[number].carry_out(operation)) for number, operation in script]
    assert SHARED.fingerprint() == SHARED.genesis_hash
    for number, play in enumerate(together):
        alone = Play(Vm(WORLD), number)
        expected = [await alone.carry_out(operation) for who, operation in script if who == number]
        assert [seen for who, seen in shown if who == number] == expected
        assert await play.chain.state_hash() == await alone.chain.state_hash()
        await check_accounts(play, on_a_plain_litesvm(play.events, SHARED))


@settings(max_examples=3000)
@given(before=st.lists(operations, max_size=15), after=st.lists(operations, min_size=1, max_size=15))
async def test_after_a_rewind_everything_happens_as_it_did_before(
    before: list[Operation], after: list[Operation]
) -> None:
    play = Play(SHARED, 0)
    for operation in [*SETUP, *before]:
        await play.carry_out(operation)
    checkpoint, latest = await play.chain.checkpoint(), play.latest
    checkpoints, events = list(play.checkpoints), list(play.events)

    async def carry_on() -> list[object]:
        return [await play.carry_out(operation) for operation in after]

    first = [await carry_on(), await play.chain.state_hash()]
    await play.chain.rewind(checkpoint)
    assert await play.chain.state_hash() == checkpoint.state_hash
    play.latest, play.checkpoints, play.events = latest, checkpoints, events
    assert [await carry_on(), await play.chain.state_hash()] == first


@pytest.mark.parametrize("sessions", [100])
async def test_a_hundred_sessions_do_not_notice_one_another(sessions: int) -> None:
    plays = [Play(SHARED, number) for number in range(sessions)]
    for round_number in range(3):
        for play in plays:
            await play.fund(0, (play.number + 5) * SOL)
            await play.pay(0, 1, (round_number + 1) * SOL)
            await play.endow(1, TOKENS[1], play.number)
    for play in plays:
        first, second = [await play.chain.account(play.wallet(number)) for number in range(2)]
        assert first is not None
        assert second is not None
        assert (first.lamports, second.lamports) == ((play.number + 2) * SOL - 5_000, 6 * SOL)
        assert [account.amount_raw for account in await play.chain.token_accounts(second.address)] == [play.number]
