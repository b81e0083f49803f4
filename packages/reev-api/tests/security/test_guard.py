from __future__ import annotations

import pytest
from starlette.responses import PlainTextResponse

from reev_api.security import Guard


async def _echo(scope, receive, send):
    size = 0
    while (message := await receive())["type"] == "http.request":
        size += len(message.get("body", b""))
        if not message.get("more_body"):
            break
    await PlainTextResponse(str(size))(scope, receive, send)


async def _broken(scope, receive, send):
    raise RuntimeError("secret-123")


async def _asked(app, headers=None, bodies=(b"",), *, local_only=True, kind="http"):
    scope = {
        "type": kind,
        "method": "POST",
        "path": "/",
        "headers": [
            (name.encode(), value.encode()) for name, value in ({"host": "localhost"} | (headers or {})).items()
        ],
    }
    waiting, sent = list(bodies), []

    async def receive():
        body = waiting.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(waiting)}

    async def send(message):
        sent.append(message)

    await Guard(app, 10, local_only=local_only)(scope, receive, send)
    return sent


def _status(sent):
    return sent[0]["status"]


async def test_what_fits_passes():
    sent = await _asked(_echo, bodies=(b"12345", b"67890"))
    assert (_status(sent), sent[1]["body"]) == (200, b"10")


async def test_a_body_that_says_that_it_is_too_large_is_not_read():
    sent = await _asked(_echo, headers={"content-length": "11"}, bodies=())
    assert _status(sent) == 413


async def test_a_body_that_says_nothing_is_cut_off_where_it_is_too_large():
    assert _status(await _asked(_echo, bodies=(b"12345", b"678901"))) == 413


@pytest.mark.parametrize("length", ["-1", "x", "9" * 40])
async def test_a_length_that_is_none_lets_nothing_through(length):
    sent = await _asked(_echo, headers={"content-length": length}, bodies=(b"x" * 11,))
    assert _status(sent) == 413


@pytest.mark.parametrize("host", ["localhost", "localhost:3001", "127.0.0.1", "[::1]:3001"])
async def test_names_of_this_machine_are_answered(host):
    assert _status(await _asked(_echo, headers={"host": host})) == 200


@pytest.mark.parametrize("host", ["", "evil.example", "127.0.0.1.evil.example", "localhost@evil.example"])
async def test_another_name_that_leads_here_is_not_answered_without_tokens(host):
    assert _status(await _asked(_echo, headers={"host": host})) == 421
    assert _status(await _asked(_echo, headers={"host": host}, local_only=False)) == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:81", ""])
async def test_pages_of_other_origins_may_not_ask(origin):
    assert _status(await _asked(_echo, headers={"origin": origin})) == 403


async def test_pages_of_this_server_may_ask():
    assert _status(await _asked(_echo, headers={"origin": "http://localhost"})) == 200


async def test_a_bug_is_a_problem_without_details():
    start, body = await _asked(_broken)
    assert start["status"] == 500
    assert b"internal_error" in body["body"]
    assert b"secret-123" not in body["body"]


@pytest.mark.parametrize("app", [_echo, _broken])
async def test_every_answer_has_the_headers_that_protect(app):
    names = dict((await _asked(app))[0]["headers"])
    assert names[b"x-content-type-options"] == b"nosniff"
    assert names[b"content-security-policy"].startswith(b"default-src 'none'")
    assert names[b"cache-control"] == b"no-store"
    assert b"access-control-allow-origin" not in names


async def test_a_websocket_that_is_refused_is_closed():
    (sent,) = await _asked(_echo, headers={"origin": "https://evil.example"}, kind="websocket")
    assert (sent["type"], sent["reason"]) == ("websocket.close", "foreign_origin")
