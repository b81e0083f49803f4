"""What goes through a recording chain goes through unchanged, and submissions are written down."""

import pytest

from reev_runner.execution._recorded_chain import Cursor, RecordedChain
from reev_runner.journal import Journal
from reev_tools.chain import EmbeddedChain, Keyring
from reev_tools.programs import transfer_lamports
from reev_types.chain import SandboxChain
from reev_types.events import TransactionReturned, TransactionSent
from reev_types.testing import ChainContract


class RecordedSandbox(RecordedChain):
    """A recording chain whose decrees go to the chain behind it, so that the contract can be tried on it."""

    def __init__(self, chain: SandboxChain, journal: Journal) -> None:
        super().__init__(chain, journal, Cursor())
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
    chain = RecordedChain(inner, journal, Cursor())
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
    chain = RecordedChain(inner, journal, Cursor())
    await chain.submit(await inner.prepare([transfer_lamports(payer, other, 10**8)], payer=payer))
    assert [submission.instructions for submission in chain.submissions] == [()]
    (view,) = journal.events[0].instructions
    assert view.arguments["amount"] == "0.1 SOL"
    assert view.accounts == {"source": payer, "destination": other}
