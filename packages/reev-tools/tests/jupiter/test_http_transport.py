import asyncio
import logging
import socket

import httpx
import pytest
from pydantic import SecretStr

from reev_tools.jupiter import JupiterServiceError
from reev_tools.jupiter.http import HttpJupiter, HttpSettings
from reev_tools.jupiter.testing import Canned, CutShort, JupiterServer, NeverEnding
from reev_types.testing import SteppedClock

KEY = "jup_0123456789abcdef"
EMPTY = Canned(200, b"[]")


async def failing(client):
    with pytest.raises(JupiterServiceError) as caught:
        await client.lend_tokens()
    return caught.value


async def test_the_key_travels_in_its_header(converse):
    async with converse(EMPTY, api_key=SecretStr(KEY)) as talk:
        await talk.client.lend_tokens()
        assert talk.server.requests[0].headers["x-api-key"] == KEY


async def test_without_a_key_there_is_no_such_header(converse):
    async with converse(EMPTY) as talk:
        await talk.client.lend_tokens()
        assert "x-api-key" not in talk.server.requests[0].headers


async def test_the_base_url_may_have_a_path():
    async with JupiterServer() as server:
        server.answer_next(EMPTY)
        async with HttpJupiter(SteppedClock(), HttpSettings(base_url=f"{server.base_url}/proxy/")) as client:
            await client.lend_tokens()
        assert server.requests[0].path == "/proxy/lend/v1/earn/tokens"


async def test_an_answer_that_is_whole_already_is_read():
    async with HttpJupiter(
        SteppedClock(), HttpSettings(), transport=httpx.MockTransport(lambda _: httpx.Response(200, content=b"[]"))
    ) as client:
        assert await client.lend_tokens() == ()


async def test_an_answer_that_was_read_by_somebody_else_is_a_bad_response():
    async def read(_: httpx.Request) -> httpx.Response:
        response = httpx.Response(200, stream=httpx.ByteStream(b"[]"))
        response.is_stream_consumed = True
        return response

    async with HttpJupiter(SteppedClock(), HttpSettings(attempts=1), transport=httpx.MockTransport(read)) as client:
        assert (await failing(client)).code == "bad_response"


async def test_an_answer_that_never_ends_is_given_up(converse):
    async with converse(NeverEnding(EMPTY), attempts=1, timeout_seconds=0.05) as talk:
        error = await failing(talk.client)
        assert error.code == "timeout"
        assert "0.05 seconds" in error.message


async def test_the_timeout_holds_for_the_whole_answer():
    async def silent(_: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        return httpx.Response(200)

    settings = HttpSettings(attempts=1, timeout_seconds=0.02)
    async with HttpJupiter(SteppedClock(), settings, transport=httpx.MockTransport(silent)) as client:
        assert (await failing(client)).code == "timeout"


async def test_this_machine_is_reached_without_the_proxy_of_the_environment(converse, monkeypatch):
    monkeypatch.setenv("ALL_PROXY", "http://192.0.2.1:9")
    async with converse(EMPTY, attempts=1, timeout_seconds=2) as talk:
        assert await talk.client.lend_tokens() == ()


async def test_nobody_listening_is_unreachable():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        async with HttpJupiter(clock := SteppedClock(), HttpSettings(base_url=url)) as client:
            error = await failing(client)
    assert error.code == "unreachable"
    assert "127.0.0.1" in " ".join(error.suggestions)
    assert clock.sleeps == [0.5, 1, 2]


async def test_an_answer_cut_short_is_a_bad_response(converse):
    async with converse(CutShort(EMPTY), attempts=1) as talk:
        assert (await failing(talk.client)).code == "bad_response"


async def test_an_answer_over_the_limit_is_not_read_to_its_end(converse):
    async with converse(NeverEnding(Canned(200, b" " * 5_000)), max_response_bytes=1_000) as talk:
        error = await failing(talk.client)
        assert error.code == "bad_response"
        assert "1000 bytes" in error.message
        assert len(talk.server.requests) == 1


async def test_an_answer_at_the_limit_is_read(converse):
    async with converse(Canned(200, b"[" + b" " * 998 + b"]"), max_response_bytes=1_000) as talk:
        assert await talk.client.lend_tokens() == ()


async def test_a_compressed_answer_is_not_unpacked(converse):
    async with converse(Canned(200, b"[]", {"content-encoding": "gzip"})) as talk:
        assert (await failing(talk.client)).code == "bad_response"
        assert talk.server.requests[0].headers["accept-encoding"] == "identity"


async def test_what_is_no_http_is_a_bad_response(converse):
    class Babble:
        raw = b"\0\1\2 nonsense\r\n\r\n"

    async with converse(Babble(), attempts=1) as talk:
        assert (await failing(talk.client)).code == "bad_response"


async def test_a_redirection_is_not_followed(converse):
    async with converse(Canned(302, headers={"location": "/elsewhere"}), EMPTY, api_key=SecretStr(KEY)) as talk:
        assert (await failing(talk.client)).code == "bad_response"
        assert len(talk.server.requests) == 1


async def test_a_closed_client_can_ask_again(converse):
    async with converse(EMPTY, EMPTY) as talk:
        await talk.client.lend_tokens()
        await talk.client.aclose()
        assert await talk.client.lend_tokens() == ()


async def test_no_log_of_any_level_shows_the_key(converse, caplog):
    caplog.set_level(logging.DEBUG)
    async with converse(Canned(401, b'{"error": "bad key"}'), api_key=SecretStr(KEY)) as talk:
        await failing(talk.client)
    assert "401" in caplog.text
    assert KEY not in caplog.text
