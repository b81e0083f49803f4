"""A Jupiter that fails, as a wallet's tools meet it."""

import pytest

from reev_tools.jupiter import JupiterServiceError
from reev_types.faults import Garbage, JupiterOutage, RateLimited, ServerError
from reev_types.tools import Executed, Refused


@pytest.mark.parametrize(
    ("fault", "code", "retry_after_ms"),
    [
        (JupiterOutage(), "unreachable", None),
        (RateLimited(), "rate_limited", None),
        (RateLimited(retry_after_s=0), "rate_limited", 0),
        (RateLimited(retry_after_s=7), "rate_limited", 7_000),
        (ServerError(), "server_error", None),
        (Garbage(), "bad_response", None),
    ],
)
async def test_a_failing_jupiter_makes_the_tools_refuse_before_anything_is_sent(
    open_storm, fault, code, retry_after_ms
):
    storm = await open_storm(fault)
    storm.schedule.at("step_1", 1)
    result = await storm.swap()
    assert isinstance(result, Refused)
    assert (result.code, result.retry_after_ms) == (code, retry_after_ms)
    assert await storm.raw.history() == ()
    assert storm.kinds == [fault.kind]
    storm.schedule.at("step_1", 2)
    assert isinstance(await storm.swap(), Executed)


async def test_every_operation_of_the_attempt_fails(open_storm):
    storm = await open_storm(ServerError())
    storm.schedule.at("step_1", 1)
    for asked in (
        storm.jupiter.prices([]),
        storm.jupiter.search_tokens("SOL"),
        storm.jupiter.lend_tokens(),
        storm.jupiter.lend_positions([]),
        storm.jupiter.lend_earnings(storm.alice, []),
    ):
        with pytest.raises(JupiterServiceError) as failed:
            await asked
        assert failed.value.code == "server_error"
    details = [report.detail for report in storm.reports]
    assert details == ["prices", "search_tokens", "lend_tokens", "lend_positions", "lend_earnings"]


async def test_an_answer_that_nobody_can_read_is_called_so(open_storm):
    storm = await open_storm(Garbage())
    storm.schedule.at("step_1", 1)
    with pytest.raises(JupiterServiceError, match="cannot be read: not JSON") as failed:
        await storm.jupiter.prices([])
    assert failed.value.context["status"] == 200


async def test_an_outage_ends_with_its_window(open_storm):
    storm = await open_storm(JupiterOutage(attempts=(), until_s=30))
    for attempt in (1, 2):
        storm.schedule.at("step_1", attempt)
        assert isinstance(await storm.swap(), Refused)
        await storm.chain.advance(seconds=15)
    assert isinstance(await storm.swap(), Executed)
