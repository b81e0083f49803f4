"""The fate of a transaction that nobody answered for is found out, and never guessed."""

import pytest

from reev_runner.execution._settlement import settled
from reev_tools.chain import EmbeddedChain, Keyring
from reev_tools.programs import transfer_lamports
from reev_types.errors import ChainError

KEYS = Keyring(0, "settlement")
PAYER, OTHER = KEYS.address("A"), KEYS.address("B")


class Waiting:
    """Time that moves a chain on while somebody sleeps."""

    def __init__(self, chain):
        self.chain = chain
        self.seconds = 0.0

    def monotonic(self):
        return self.seconds

    async def sleep(self, seconds):
        self.seconds += seconds
        await self.chain.advance(slots=round(seconds / 0.4))


class Mute(EmbeddedChain):
    """A chain that does not answer so many questions about signatures, and carries nothing out for as long."""

    silent = 0

    async def landed(self, signature):
        if self.silent:
            self.silent -= 1
            raise ChainError("rpc_unreachable", "no answer")
        return await super().landed(signature)


@pytest.fixture
async def chain(vm):
    chain = Mute(vm, KEYS)
    await chain.set_lamports(PAYER, 10**9)
    return chain


async def payment(chain, lamports=10**8):
    return await chain.prepare([transfer_lamports(PAYER, OTHER, lamports)], payer=PAYER)


async def fate(chain, transaction):
    resent = []
    outcome = await settled(chain, transaction, Waiting(chain), lambda: resent.append(1))
    return outcome, len(resent)


async def test_what_has_landed_is_not_sent_again(chain):
    transaction = await payment(chain)
    landed = await chain.submit(transaction)
    assert await fate(chain, transaction) == (landed, 0)


async def test_what_has_not_arrived_is_sent_again_as_it_was(chain):
    transaction = await payment(chain)
    outcome, resent = await fate(chain, transaction)
    assert (outcome.succeeded, outcome.signature, resent) == (True, transaction.signature, 1)
    assert len(await chain.history()) == 1


async def test_what_has_expired_never_lands(chain):
    transaction = await payment(chain)
    await chain.advance(slots=151)
    outcome, resent = await fate(chain, transaction)
    assert (outcome.landed, outcome.failure.code, resent) == (False, "blockhash_expired", 0)


async def test_what_is_refused_for_now_is_certain_once_it_has_expired(chain):
    transaction = await payment(chain, 10**12)
    await chain.set_lamports(PAYER, 1_000)  # too little for the fee, so that it cannot even land as a failure
    outcome, resent = await fate(chain, transaction)
    assert (outcome.landed, outcome.failure.code) == (False, "blockhash_expired")
    assert resent > 1


async def test_a_chain_that_is_silent_for_a_while_is_asked_again(chain):
    transaction = await payment(chain)
    chain.silent = 3
    assert (await fate(chain, transaction))[0].succeeded


async def test_a_chain_that_stays_silent_leaves_the_fate_unknown(chain):
    transaction = await payment(chain)
    chain.silent = 1_000
    with pytest.raises(ChainError, match=f"whether the transaction {transaction.signature} has landed") as caught:
        await fate(chain, transaction)
    assert caught.value.code == "fate_unknown"
