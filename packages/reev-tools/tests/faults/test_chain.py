"""Broken connections, slow ones and stale blockhashes, as a wallet's tools meet them."""

import pytest

from reev_tools.programs import transfer_lamports
from reev_types.errors import ChainError
from reev_types.faults import Delay, DropBeforeSend, LostReply, StaleBlockhash
from reev_types.tools import Executed, Failed

SOL = 10**9


async def order(storm):
    return await storm.chain.prepare([transfer_lamports(storm.alice, storm.bob, SOL)], payer=storm.alice)


async def unreachable(request):
    with pytest.raises(ChainError) as broken:
        await request
    assert broken.value.code == "rpc_unreachable"


async def test_what_is_dropped_never_reaches_the_chain(open_storm):
    storm = await open_storm(DropBeforeSend())
    storm.schedule.at("step_1", 1)
    await unreachable(storm.pay_bob())
    assert await storm.lamports(storm.bob) == 0
    assert await storm.raw.history() == ()
    assert storm.kinds == ["drop_before_send"]


async def test_a_lost_reply_is_of_a_transaction_that_landed(open_storm):
    storm = await open_storm(LostReply())
    storm.schedule.at("step_1", 1)
    await unreachable(storm.pay_bob())
    assert await storm.lamports(storm.bob) == SOL
    [outcome] = await storm.raw.history()
    assert [(report.kind, report.detail) for report in storm.reports] == [("lost_reply", outcome.signature)]


async def test_what_is_both_dropped_and_lost_is_dropped(open_storm):
    storm = await open_storm(LostReply(), DropBeforeSend())
    storm.schedule.at("step_1", 1)
    await unreachable(storm.pay_bob())
    assert storm.kinds == ["drop_before_send"]
    assert await storm.raw.history() == ()


@pytest.mark.parametrize("fault", [DropBeforeSend(), LostReply()])
async def test_the_same_bytes_get_through_when_they_are_sent_again(open_storm, fault):
    storm = await open_storm(fault)
    storm.schedule.at("step_1", 1)
    transfer = await order(storm)
    await unreachable(storm.chain.submit(transfer))
    assert await storm.chain.is_current(transfer.blockhash)
    await storm.chain.submit(transfer)
    landed = await storm.chain.landed(transfer.signature)
    assert landed is not None
    assert landed.succeeded
    assert await storm.lamports(storm.bob) == SOL
    assert len(await storm.chain.history()) == 1


async def test_every_send_of_an_outage_is_dropped_until_it_is_over(open_storm):
    storm = await open_storm(DropBeforeSend(attempts=(), until_s=60))
    storm.schedule.at("step_1", 1)
    transfer = await order(storm)
    for _ in range(3):
        await unreachable(storm.chain.submit(transfer))
    await storm.chain.advance(seconds=60)
    assert (await storm.chain.submit(transfer)).succeeded


async def test_a_delay_passes_before_the_transaction_lands(open_storm):
    storm = await open_storm(Delay(seconds=20))
    storm.schedule.at("step_1", 1)
    before = await storm.raw.clock()
    assert isinstance(await storm.pay_bob(), Executed)
    after = await storm.raw.clock()
    [landed] = await storm.raw.history()
    assert after.unix_timestamp - before.unix_timestamp == 20
    assert landed.slot == before.slot + 50
    assert [(report.kind, report.detail, report.seconds) for report in storm.reports] == [("delay", "20 s", 0)]


async def test_a_delay_beyond_the_life_of_a_blockhash_lets_it_expire(open_storm):
    storm = await open_storm(Delay(seconds=61))
    storm.schedule.at("step_1", 1)
    result = await storm.pay_bob()
    assert isinstance(result, Failed)
    assert result.code == "blockhash_expired"


async def test_a_stale_blockhash_is_refused_and_a_fresh_one_is_not(open_storm):
    storm = await open_storm(StaleBlockhash())
    storm.schedule.at("step_1", 1)
    before = await storm.raw.clock()
    transfer = await order(storm)
    refused = await storm.chain.submit(transfer)
    assert refused.failure is not None
    assert refused.failure.code == "blockhash_expired"
    assert not await storm.chain.is_current(transfer.blockhash)
    after = await storm.raw.clock()
    [report] = storm.reports
    assert (report.slots, report.seconds) == (after.slot - before.slot, after.unix_timestamp - before.unix_timestamp)
    assert isinstance(await storm.pay_bob(), Executed)
    assert await storm.lamports(storm.bob) == SOL
