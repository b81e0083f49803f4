import asyncio

import pytest
from pydantic import SecretStr

from reev_orchestrator.context.sources import HttpLimits, JupiterSource, RpcSource
from reev_orchestrator.context.sources._http import HttpSource
from reev_types.errors import SourceError, UsageError
from reev_types.tokens import find_token

USDC = find_token("USDC").mint
KEY = "jup_0123456789abcdef"


async def failure(server, limits=None, path="", key=None):
    source = HttpSource("the server", server.url + path, api_key=SecretStr(key) if key else None, limits=limits)
    try:
        with pytest.raises(SourceError) as caught:
            await source.get("/x", {"q": "1"})
    finally:
        await source.aclose()
    return caught.value


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (401, "unauthorised"),
        (403, "forbidden"),
        (404, "bad_response"),
        (302, "bad_response"),
        (429, "rate_limited"),
        (500, "server_error"),
        (503, "server_error"),
    ],
)
async def test_every_status_has_its_code(served, status, code):
    async with served(lambda target, body: (status, "slow\ndown")) as server:
        error = await failure(server)
    assert error.code == code
    assert error.message == f"the server at 127.0.0.1: HTTP status {status}: slow down"


@pytest.mark.parametrize("text", ["", "<html>", '{"a": NaN}', '{"a": 1, "a": 2}', "[" * 100_000, "\x00"])
async def test_garbage_is_a_bad_response(served, text):
    async with served(lambda target, body: (200, text)) as server:
        assert (await failure(server)).code == "bad_response"


async def test_bytes_that_are_no_text_are_a_bad_response(served):
    answer = b"HTTP/1.1 200 X\r\ncontent-length: 2\r\n\r\n\xff\xfe"
    async with served(lambda target, body: answer) as server:
        assert (await failure(server)).code == "bad_response"


async def test_an_answer_that_is_no_http_is_a_bad_response(served):
    async with served(lambda target, body: b"hello\r\n\r\n") as server:
        assert (await failure(server)).code == "bad_response"


async def test_an_answer_cut_off_is_a_bad_response(served):
    async with served(lambda target, body: None) as server:
        assert (await failure(server)).code == "bad_response"


async def test_an_endless_answer_is_read_no_further_than_the_limit(served):
    async with served(lambda target, body: (200, "1" * 5_000)) as server:
        error = await failure(server, HttpLimits(max_response_bytes=1_000))
    assert (error.code, "larger than 1000 bytes" in error.message) == ("bad_response", True)


async def test_a_compressed_answer_is_refused(served):
    answer = b"HTTP/1.1 200 X\r\ncontent-encoding: gzip\r\ncontent-length: 2\r\n\r\nxx"
    async with served(lambda target, body: answer) as server:
        assert "compressed" in (await failure(server)).message


async def test_a_silent_server_is_a_timeout(served):
    async with served(lambda target, body: (200, "1"), 0.5) as server:
        assert (await failure(server, HttpLimits(timeout_s=0.02))).code == "timeout"


async def test_a_server_that_is_not_there_is_unreachable(served):
    async with served(lambda target, body: (200, "1")) as server:
        pass
    await asyncio.sleep(0)
    assert (await failure(server)).code == "unreachable"


async def test_no_error_repeats_a_key_or_a_path_that_may_be_one(served):
    secret_path = "/v2/s3cr3t-node-key"
    said = f"bad key {KEY.upper()} for /v2/s3cr3t-node-key"
    async with served(lambda target, body: (401, said)) as server:
        error = await failure(server, path=secret_path, key=KEY)
        assert server.requests[0][0] == "/v2/s3cr3t-node-key/x?q=1"
        assert server.requests[0][1]["x-api-key"] == KEY
    assert "s3cr3t" not in str(error)
    assert KEY not in str(error).lower()
    assert "bad key [hidden] for /v2/[hidden]" in error.message


async def test_without_a_key_no_key_is_sent(served):
    async with served(lambda target, body: (500, "")) as server:
        await failure(server)
        assert "x-api-key" not in server.requests[0][1]


@pytest.mark.parametrize(
    "url", ["", "api.jup.ag", "ftp://api.jup.ag", "https://", "https://x:99999", "https://[", "http://api.jup.ag"]
)
def test_an_address_that_cannot_be_asked_safely_is_refused(url):
    with pytest.raises(UsageError, match="bad_url"):
        RpcSource(url)


@pytest.mark.parametrize("key", ["", "two words", "umläut", "line\nbreak"])
def test_a_key_that_no_header_can_hold_is_refused_without_repeating_it(key):
    with pytest.raises(UsageError, match="bad_api_key") as caught:
        JupiterSource(api_key=SecretStr(key))
    assert not key or key not in str(caught.value)


@pytest.mark.parametrize("url", ["http://[::1]:8899", "https://rpc.example/?api-key=abcdefgh1"])
async def test_https_and_this_machine_may_be_asked(url):
    for source in (JupiterSource(), RpcSource(url)):
        await source.aclose()
    with pytest.raises(UsageError):
        RpcSource(url.replace("https:", "http:").replace("[::1]", "rpc.example"))


@pytest.mark.parametrize("environment", [{"REEV_OFFLINE": "1"}, {"REEV_OFFLINE": "yes"}, {"PYTEST_VERSION": "9"}])
async def test_other_machines_are_not_asked_where_reev_is_kept_offline(environment, monkeypatch):
    monkeypatch.setattr("httpx.AsyncClient.send", lambda *args, **options: pytest.fail("a request was sent"))
    for source in (
        RpcSource("https://rpc.invalid/abcdefgh1", environment=environment),
        JupiterSource(environment=environment),
    ):
        with pytest.raises(SourceError) as caught:
            await source.tokens([USDC])
        await source.aclose()
        assert caught.value.code == "network_denied"
        assert caught.value.suggestions[0] == "unset REEV_OFFLINE"
        assert "abcdefgh1" not in caught.value.message


async def test_this_machine_is_asked_even_offline(served):
    async with served(lambda target, body: (200, "[]")) as server:
        source = JupiterSource(server.url, environment={"REEV_OFFLINE": "1"})
        assert await source.tokens([USDC]) == {}
        await source.aclose()


def test_who_says_nothing_of_the_environment_means_that_of_the_process():
    assert HttpSource("the server", "https://rpc.invalid")._is_denied
    assert not HttpSource("the server", "https://rpc.invalid", environment={})._is_denied
