import asyncio

import pytest

from reev_orchestrator.context.sources import HttpLimits, JupiterSource, Retries
from reev_orchestrator.context.sources._retries import asked_wait_s
from reev_types.errors import SourceError
from reev_types.tokens import find_token

USDC = find_token("USDC").mint
BUSY = (429, "slow down")


class Steps:
    """A clock on which sleeping takes no time, and which remembers for how long somebody slept."""

    def __init__(self):
        self.slept = []

    def now_iso(self):
        return "2026-01-01T00:00:00.000Z"

    def monotonic(self):
        return sum(self.slept)

    async def sleep(self, seconds):
        self.slept.append(seconds)


@pytest.fixture
def steps():
    return Steps()


@pytest.fixture
def ask(served, steps):
    """Ask for prices once; return the outcome and how many requests it took."""

    async def ask(*answers, clock=steps, limits=None):
        left = list(answers)
        async with served(lambda target, body: left.pop(0) if left else (200, "{}")) as server:
            source = JupiterSource(server.url, clock=clock, limits=limits)
            try:
                outcome = await source.prices([USDC])
            except SourceError as error:
                outcome = error
            await source.aclose()
            return outcome, len(server.requests)

    return ask


async def test_a_busy_server_is_asked_again_after_waits_that_double(ask, steps):
    sheet, requests = await ask(BUSY, (503, "later"))
    assert (sheet.refused, requests, steps.slept) == ({}, 3, [0.25, 0.5])


async def test_a_server_that_stays_busy_is_asked_three_times(ask, steps):
    error, requests = await ask(*[BUSY] * 9)
    assert (error.code, requests, len(steps.slept)) == ("rate_limited", 3, 2)


@pytest.mark.parametrize(
    ("header", "wait_s"),
    [
        ("retry-after: 1", 1),
        ("Retry-After: 0", 0),
        ("retry-after: Thu, 01 Jan 2026 00:00:01 GMT", 1),
        ("retry-after: Wed, 31 Dec 2025 00:00:01 GMT", 0),
        ("retry-after: soon", 0.25),
        ("retry-after: -3", 0.25),
    ],
)
async def test_the_wait_that_the_server_asks_for_is_honoured(ask, steps, header, wait_s):
    _, requests = await ask((*BUSY, header))
    assert (requests, steps.slept) == (2, [wait_s])


@pytest.mark.parametrize("header", ["retry-after: 60", "retry-after: Thu, 01 Jan 2026 01:00:00 GMT"])
async def test_a_wait_beyond_the_deadline_is_not_begun(ask, steps, header):
    error, requests = await ask((*BUSY, header))
    assert (error.code, requests, steps.slept) == ("rate_limited", 1, [])


async def test_all_waits_together_end_at_the_deadline(ask, steps):
    limits = HttpLimits(retries=Retries(most=99, first_wait_s=1, longest_s=10))
    error, requests = await ask(*[BUSY] * 99, limits=limits)
    assert (error.code, requests, steps.slept) == ("rate_limited", 4, [1, 2, 4])


@pytest.mark.parametrize("status", [400, 401, 403, 404, 500, 502])
async def test_other_failures_are_final(ask, steps, status):
    error, requests = await ask((status, "no"))
    assert (isinstance(error, SourceError), requests, steps.slept) == (True, 1, [])


async def test_without_a_clock_a_server_is_asked_once(ask):
    error, requests = await ask(BUSY, clock=None)
    assert (error.code, requests) == ("rate_limited", 1)


class Endless(Steps):
    """A clock on which sleep never ends."""

    def __init__(self):
        super().__init__()
        self.asleep = asyncio.Event()

    async def sleep(self, seconds):
        self.asleep.set()
        await asyncio.Event().wait()


async def test_whoever_gives_up_waiting_asks_no_more(served):
    clock = Endless()
    async with served(lambda target, body: BUSY) as server:
        source = JupiterSource(server.url, clock=clock)
        task = asyncio.ensure_future(source.prices([USDC]))
        await clock.asleep.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await source.aclose()
    assert len(server.requests) == 1


@pytest.mark.parametrize("text", ["", "1.5", "１", "Thu, 01 Jan 2026", "Thu, 99 Jan 2026 00:00:00 GMT"])
def test_what_is_neither_seconds_nor_a_date_asks_for_nothing(text):
    assert asked_wait_s({"retry-after": text}, "2026-01-01T00:00:00.000Z") is None
