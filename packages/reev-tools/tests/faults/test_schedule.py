"""When faults strike, and how what they did is repeated from a journal."""

import pytest

from reev_tools.faults import FaultSchedule, FaultyChain, carry_out
from reev_types.errors import ChainError
from reev_types.faults import DropBeforeSend, LostReply, PriceMove, StaleBlockhash, VaultWithoutLiquidity
from reev_types.recovery_events import FaultInjected
from reev_types.testing import SteppedClock
from reev_types.tokens import find_token
from reev_types.tools import Executed

USDC = find_token("USDC").mint


async def gets_through(storm):
    try:
        result = await storm.pay_bob()
    except ChainError:
        return False
    return isinstance(result, Executed)


async def test_nothing_strikes_before_the_first_attempt_or_after_the_end(open_storm):
    storm = await open_storm(DropBeforeSend(attempts=(), until_s=9))
    assert await gets_through(storm)
    storm.schedule.at("step_1", 1)
    assert not await gets_through(storm)
    await storm.schedule.end()
    assert await gets_through(storm)


@pytest.mark.parametrize(
    ("fault", "struck"),
    [
        (DropBeforeSend(), {("step_1", 1), ("step_2", 1)}),
        (DropBeforeSend(step="step_2"), {("step_2", 1)}),
        (DropBeforeSend(step="step_1", attempts=(2, 3)), {("step_1", 2), ("step_1", 3)}),
        (DropBeforeSend(step="step_2", attempts=()), {("step_2", 1), ("step_2", 2), ("step_2", 3)}),
        (DropBeforeSend(from_s=1), set()),
        (DropBeforeSend(until_s=1), {("step_1", 1), ("step_2", 1)}),
    ],
)
async def test_a_fault_strikes_the_attempts_of_its_window(open_storm, fault, struck):
    storm = await open_storm(fault)
    for step_id in ("step_1", "step_2"):
        for attempt in (1, 2, 3):
            storm.schedule.at(step_id, attempt)
            assert await gets_through(storm) == ((step_id, attempt) not in struck)
    assert {(report.step_id, report.attempt) for report in storm.reports} == struck


async def test_a_window_is_counted_from_the_time_when_the_flow_began(open_storm):
    storm = await open_storm(DropBeforeSend(attempts=(), from_s=10, until_s=20))
    await storm.chain.advance(seconds=1_000)
    storm.schedule.begin(1_000)
    storm.schedule.at("step_1", 1)
    through = []
    for _ in range(4):
        through.append(await gets_through(storm))
        await storm.chain.advance(seconds=9)
    assert through == [True, True, False, True]


async def test_only_the_first_send_of_an_attempt_is_struck(open_storm):
    storm = await open_storm(DropBeforeSend())
    storm.schedule.at("step_1", 1)
    assert [await gets_through(storm) for _ in range(3)] == [False, True, True]
    storm.schedule.at("step_2", 1)
    assert not await gets_through(storm)


async def test_an_attempt_that_had_sent_before_an_interruption_is_not_struck_again(open_storm):
    storm = await open_storm(DropBeforeSend())
    storm.schedule.at("step_1", 1, sent=1)
    assert await gets_through(storm)


class FullDiskError(Exception):
    """Nothing can be written."""


@pytest.mark.parametrize("fault", [StaleBlockhash(), LostReply(), VaultWithoutLiquidity(mint=USDC)])
async def test_a_fault_that_cannot_be_reported_does_nothing(open_storm, fault):
    def full(event):
        raise FullDiskError(event.kind)

    storm = await open_storm()
    schedule = FaultSchedule([fault], storm.raw, sleep=SteppedClock().sleep, report=full)
    chain = FaultyChain(storm.raw, schedule)
    schedule.at("step_1", 1)
    before = await storm.raw.state_hash()
    transfer = await chain.prepare([], payer=storm.alice)
    with pytest.raises(FullDiskError, match=fault.kind):
        await chain.submit(transfer)
    assert await storm.raw.state_hash() == before


async def test_a_schedule_needs_nobody_to_report_to(open_storm):
    storm = await open_storm()
    schedule = FaultSchedule([StaleBlockhash()], storm.raw, sleep=SteppedClock().sleep)
    schedule.at("step_1", 1)
    chain = FaultyChain(storm.raw, schedule)
    outcome = await chain.submit(await chain.prepare([], payer=storm.alice))
    assert not outcome.landed


async def test_a_rebuilt_chain_is_told_everything_by_the_reports(open_storm):
    faults = (StaleBlockhash(), PriceMove(bps=300), VaultWithoutLiquidity(mint=USDC, attempts=(1, 2)))
    storm, rebuilt = await open_storm(*faults), await open_storm()
    storm.schedule.at("step_1", 1)
    await storm.swap()
    await storm.schedule.end()
    assert storm.kinds == ["vault_without_liquidity", "stale_blockhash", "price_move", "vault_without_liquidity"]
    for report in storm.reports:
        again = FaultInjected.model_validate_json(report.model_dump_json())
        assert again == report
        await carry_out(again, rebuilt.raw)
    assert await rebuilt.raw.state_hash() == await storm.raw.state_hash()


async def test_reports_and_sent_bytes_in_their_order_rebuild_the_chain(open_storm):
    storm, rebuilt = await open_storm(PriceMove(bps=200), LostReply(step="step_2")), await open_storm()
    sent, submit = [], storm.raw.submit

    async def noted(transaction):
        sent.append((len(storm.reports), transaction))
        return await submit(transaction)

    storm.raw.submit = noted
    storm.schedule.at("step_1", 1)
    assert isinstance(await storm.swap(slippage_bps=500), Executed)
    storm.schedule.at("step_2", 1)
    with pytest.raises(ChainError):
        await storm.swap(slippage_bps=500)
    done = 0
    for reported, transaction in sent:
        for report in storm.reports[done:reported]:
            await carry_out(report, rebuilt.raw)
        done = reported
        assert (await rebuilt.raw.submit(transaction)).succeeded
    assert await rebuilt.raw.state_hash() == await storm.raw.state_hash()
