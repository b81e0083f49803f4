"""Waiting moves the chain's clock and is written down, to the slot."""

from reev_runner.execution._chain_time import ChainTime
from reev_runner.journal import Journal
from reev_tools.chain import EmbeddedChain, Keyring


async def test_waiting_is_time_of_the_chain_and_no_part_of_a_slot_is_lost(vm, still_clock):
    chain, journal = EmbeddedChain(vm, Keyring(0, "time")), Journal(still_clock)
    began = await chain.clock()
    passing = ChainTime(chain, journal)
    for _ in range(4):
        await passing(0.3)
    now = await chain.clock()
    assert (now.slot - began.slot, now.unix_timestamp - began.unix_timestamp) == (3, 1)
    assert [(event.milliseconds, event.slots, event.seconds) for event in journal.events] == [
        (300, 0, 0),
        (300, 1, 0),
        (300, 1, 0),
        (300, 1, 1),
    ]


async def test_what_was_waited_before_an_interruption_counts_towards_the_next_slot(vm, still_clock):
    chain, journal = EmbeddedChain(vm, Keyring(0, "time")), Journal(still_clock)
    await ChainTime(chain, journal, passed_ms=300)(0.1)
    assert journal.events[0].slots == 1
