import pytest

from reev_tools.jupiter import JupiterRefusalError, JupiterServiceError
from reev_tools.jupiter.testing import Canned, CutShort

EMPTY = Canned(200, b"[]")
START = 1_767_225_600
"""Unix seconds at which a SteppedClock starts."""


async def failing(talk):
    with pytest.raises(JupiterServiceError) as caught:
        await talk.client.lend_tokens()
    return caught.value


@pytest.mark.parametrize("trouble", [Canned(500), Canned(502), Canned(503), CutShort(EMPTY)])
async def test_what_may_pass_is_tried_again_after_growing_pauses(converse, trouble):
    async with converse(trouble, trouble, trouble, EMPTY) as talk:
        assert await talk.client.lend_tokens() == ()
        assert talk.clock.sleeps == [0.5, 1, 2]


async def test_attempts_come_to_an_end(converse):
    async with converse(*[Canned(500)] * 9) as talk:
        assert (await failing(talk)).code == "server_error"
        assert len(talk.server.requests) == 4


async def test_pauses_stop_growing(converse):
    async with converse(*[Canned(500)] * 8, attempts=8) as talk:
        await failing(talk)
        assert talk.clock.sleeps == [0.5, 1, 2, 4, 8, 8, 8]


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404])
async def test_what_will_not_pass_is_not_tried_again(converse, status):
    async with converse(Canned(status, b'{"error": "no"}'), EMPTY) as talk:
        with pytest.raises((JupiterRefusalError, JupiterServiceError)):
            await talk.client.lend_tokens()
        assert len(talk.server.requests) == 1
        assert talk.clock.sleeps == []


async def test_an_answer_that_cannot_be_read_is_not_asked_for_again(converse):
    async with converse(Canned(200, b"<html>"), EMPTY) as talk:
        assert (await failing(talk)).code == "bad_response"
        assert len(talk.server.requests) == 1


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({"x-ratelimit-reset": str(START + 17)}, 17),
        ({"X-RateLimit-Reset": str(START + 17)}, 17),
        ({"retry-after": "7"}, 7),
        ({"retry-after": "7", "x-ratelimit-reset": str(START + 17)}, 17),
        ({"retry-after": "27", "x-ratelimit-reset": str(START + 17)}, 27),
        ({"x-ratelimit-reset": str(START + 86_400)}, 60),
        ({"retry-after": "999999999999"}, 60),
        ({"x-ratelimit-reset": str(START - 5)}, 0.5),
        ({"retry-after": "0"}, 0.5),
        ({}, 10),
        ({"retry-after": "soon", "x-ratelimit-reset": "-1"}, 10),
        ({"retry-after": "9" * 400}, 10),
    ],
)
async def test_too_many_requests_are_followed_by_the_pause_that_was_asked_for(converse, headers, pause):
    async with converse(Canned(429, headers=headers), EMPTY) as talk:
        await talk.client.lend_tokens()
        assert talk.clock.sleeps == [pause]


async def test_the_longest_pause_can_be_set(converse):
    async with converse(Canned(429, headers={"retry-after": "50"}), EMPTY, max_wait_seconds=5) as talk:
        await talk.client.lend_tokens()
        assert talk.clock.sleeps == [5]


async def test_a_busy_server_may_ask_for_a_pause_too(converse):
    async with converse(Canned(503, headers={"retry-after": "3"}), EMPTY) as talk:
        await talk.client.lend_tokens()
        assert talk.clock.sleeps == [3]


async def test_a_limit_that_does_not_lift_is_told(converse):
    async with converse(*[Canned(429, b'{"message": "[API Gateway] Too many requests"}')] * 4) as talk:
        error = await failing(talk)
        assert error.code == "rate_limited"
        assert "[API Gateway] Too many requests" in error.message
        assert len(talk.server.requests) == 4


@pytest.mark.parametrize(
    ("status", "headers", "asked_ms"),
    [
        (429, {"retry-after": "7"}, 7_000),
        (429, {"x-ratelimit-reset": str(START + 17)}, 17_000),
        (429, {"x-ratelimit-reset": str(START - 1)}, 0),
        (503, {"retry-after": "2"}, 2_000),
        (429, {}, None),
        (429, {"retry-after": "soon"}, None),
    ],
)
async def test_the_error_says_when_to_come_back(converse, status, headers, asked_ms):
    async with converse(Canned(status, b"", headers), attempts=1) as talk:
        assert (await failing(talk)).retry_after_ms == asked_ms


async def test_what_is_no_rate_limit_says_nothing_of_coming_back(converse):
    async with converse(Canned(404, b"", {"retry-after": "7"})) as talk:
        assert (await failing(talk)).retry_after_ms is None
