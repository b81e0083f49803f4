"""What goes through a recording chain goes through unchanged, and submissions are written down."""

import asyncio

import pytest

from reev_runner.execution._memory import StepMemory
from reev_runner.execution._ongoing import Ongoing, carrying_out
from reev_runner.execution._recorded_chain import RecordedChain
from reev_runner.journal import Journal
from reev_tools.chain import EmbeddedChain, Keyring
from reev_tools.programs import transfer_lamports
from reev_types.chain import SandboxChain
from reev_types.errors import ChainError
from reev_types.events import TransactionReturned, TransactionSent
from reev_types.testing import ChainContract
from reev_types.tools import ToolCall


class RecordedSandbox(RecordedChain):
    """A recording chain whose decrees go to the chain behind it, so that the contract can be tried on it."""

    def __init__(self, chain: SandboxChain, journal: Journal) -> None:
        super().__init__(chain, journal)
        self.set_lamports = chain.set_lamports
        self.set_account = chain.set_account
        self.set_token_balance = chain.set_token_balance
        self.advance = chain.advance
        self.state_hash = chain.state_hash
        self.history = chain.history


@pytest.fixture(autouse=True, scope="class")
def shared_vm(request, vm):
    if request.cls is not None:
        request.cls.vm = vm


class TestRecordedChain(ChainContract):
    keys = Keyring(7, "recorded")

    async def open_chain(self):
        return RecordedSandbox(EmbeddedChain(self.vm, self.keys, seed=7), Journal(_NoClock()))

    def wallet(self, name):
        return self.keys.address(name)


class _NoClock:
    def now_iso(self):
        return ""

    def monotonic(self):
        return 0.0

    async def sleep(self, seconds):
        pass


async def test_a_submission_is_written_down_before_and_after(vm, still_clock):
    keys = Keyring(0, "recorded")
    payer, other = keys.address("A"), keys.address("B")
    inner = EmbeddedChain(vm, keys)
    await inner.set_lamports(payer, 10**9)
    journal = Journal(still_clock)
    chain = RecordedChain(inner, journal)
    transaction = await chain.prepare([transfer_lamports(payer, other, 10**8)], payer=payer)
    assert journal.events == ()
    await chain.submit(transaction)
    assert [type(event) for event in journal.events] == [TransactionSent, TransactionReturned]
    assert [submission.outcome.succeeded for submission in chain.submissions] == [True]


async def test_a_transaction_from_elsewhere_is_described_by_its_bytes(vm, still_clock):
    keys = Keyring(0, "recorded")
    payer, other = keys.address("A"), keys.address("B")
    inner = EmbeddedChain(vm, keys)
    await inner.set_lamports(payer, 10**9)
    journal = Journal(still_clock)
    chain = RecordedChain(inner, journal)
    await chain.submit(await inner.prepare([transfer_lamports(payer, other, 10**8)], payer=payer))
    assert [submission.instructions for submission in chain.submissions] == [()]
    (view,) = journal.events[0].instructions
    assert view.arguments["amount"] == "0.1 SOL"
    assert view.accounts == {"source": payer, "destination": other}


class Interrupted(EmbeddedChain):
    """A chain that carries everything out, and whose replies are lost or late."""

    replies: list

    async def submit(self, transaction):
        outcome = await super().submit(transaction)
        if self.replies:
            await self.replies.pop(0)()
        return outcome


KEYS = Keyring(0, "recorded")
PAYER, OTHER = KEYS.address("A"), KEYS.address("B")


async def lost():
    raise ChainError("rpc_unreachable", "no answer")


@pytest.fixture
async def inner(vm):
    chain = Interrupted(vm, KEYS)
    chain.replies = []
    await chain.set_lamports(PAYER, 10**9)
    return chain


def call(memory=None, *, is_open=True):
    wish = ToolCall(call_id="1", tool="sol_transfer", arguments={})
    return Ongoing("step_1", "step_1", wish, memory or StepMemory(), lambda: is_open)


async def sent(chain):
    return await chain.submit(await chain.prepare([transfer_lamports(PAYER, OTHER, 10**8)], payer=PAYER))


async def test_what_lands_is_remembered_by_the_call_that_sent_it(inner, still_clock):
    chain, memory = RecordedChain(inner, Journal(still_clock)), StepMemory()
    with carrying_out(call(memory)):
        outcome = await sent(chain)
    assert [(done.outcome, done.call.call_id) for done in memory.done] == [(outcome, "1")]


async def test_what_was_not_answered_is_remembered_once_it_is_settled(inner, still_clock):
    inner.replies = [lost]
    chain, memory = RecordedChain(inner, Journal(still_clock)), StepMemory()
    with carrying_out(call(memory)), pytest.raises(ChainError, match="no answer"):
        await sent(chain)
    assert (memory.done, len(chain.unsettled)) == ([], 1)
    await chain.settle(still_clock)
    assert (len(memory.done), chain.unsettled) == (1, {})


async def test_a_reply_that_comes_after_the_settlement_changes_nothing(inner, still_clock):
    arrives = asyncio.Event()
    inner.replies = [arrives.wait]
    journal, memory = Journal(still_clock), StepMemory()
    chain = RecordedChain(inner, journal)
    with carrying_out(call(memory)):
        waiting = asyncio.ensure_future(sent(chain))
        await asyncio.sleep(0)
    await chain.settle(still_clock)
    arrives.set()
    assert (await waiting).succeeded
    assert [type(event) for event in journal.events] == [TransactionSent, TransactionReturned]
    assert (len(memory.done), len(chain.submissions)) == (1, 1)


async def test_a_submission_that_is_cancelled_is_not_forgotten(inner, still_clock):
    inner.replies = [asyncio.Event().wait]
    chain, memory = RecordedChain(inner, Journal(still_clock)), StepMemory()
    with carrying_out(call(memory)):
        waiting = asyncio.ensure_future(sent(chain))
        await asyncio.sleep(0)
    waiting.cancel()
    await chain.settle(still_clock)
    assert len(memory.done) == 1


async def test_nothing_is_sent_for_an_attempt_that_is_over(inner, still_clock):
    journal = Journal(still_clock)
    with carrying_out(call(is_open=False)), pytest.raises(ChainError, match="the attempt is over") as caught:
        await sent(RecordedChain(inner, journal))
    assert (caught.value.code, journal.events, await inner.history()) == ("step_over", (), ())


@pytest.mark.parametrize("keeps_built", [True, False])
async def test_the_journal_has_transactions_as_they_were_built_where_somebody_may_go_on(
    inner, still_clock, keeps_built
):
    journal = Journal(still_clock)
    await sent(RecordedChain(inner, journal, keeps_built=keeps_built))
    built = (transfer_lamports(PAYER, OTHER, 10**8),) if keeps_built else None
    assert journal.events[0].built == built
    assert ("built" in journal.events[0].model_dump_json()) == keeps_built
