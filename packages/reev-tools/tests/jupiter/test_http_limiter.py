import asyncio

from pydantic import SecretStr

from reev_tools.jupiter.testing import Canned

EMPTY = Canned(200, b"[]")


async def test_a_minutes_worth_of_requests_goes_out_at_once(converse):
    async with converse(*[EMPTY] * 30) as talk:
        for _ in range(30):
            await talk.client.lend_tokens()
        assert talk.clock.sleeps == []


async def test_one_more_waits_until_the_first_is_a_minute_ago(converse):
    async with converse(*[EMPTY] * 31) as talk:
        for _ in range(30):
            await talk.client.lend_tokens()
        await talk.clock.sleep(20)
        await talk.client.lend_tokens()
        assert talk.clock.sleeps == [20, 40]


async def test_a_key_allows_twice_as_many(converse):
    async with converse(*[EMPTY] * 61, api_key=SecretStr("jup_key")) as talk:
        for _ in range(61):
            await talk.client.lend_tokens()
        assert talk.clock.sleeps == [60]


async def test_the_rate_can_be_set(converse):
    async with converse(*[EMPTY] * 3, requests_per_second=0.01) as talk:
        for _ in range(3):
            await talk.client.lend_tokens()
        assert talk.clock.sleeps == [100, 100]


async def test_requests_at_the_same_time_count_one_by_one(converse):
    async with converse(*[EMPTY] * 3, requests_per_second=1 / 60) as talk:
        await asyncio.gather(*(talk.client.lend_tokens() for _ in range(3)))
        assert talk.clock.sleeps == [60, 120]


async def test_a_long_silence_earns_no_credit(converse):
    async with converse(*[EMPTY] * 3, requests_per_second=1 / 60) as talk:
        await talk.client.lend_tokens()
        await talk.clock.sleep(600)
        await talk.client.lend_tokens()
        await talk.client.lend_tokens()
        assert talk.clock.sleeps == [600, 60]


async def test_repeated_requests_count_too(converse):
    async with converse(Canned(500), EMPTY, requests_per_second=1 / 60) as talk:
        await talk.client.lend_tokens()
        assert talk.clock.sleeps == [0.5, 59.5]
