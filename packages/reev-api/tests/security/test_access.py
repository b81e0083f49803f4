"""Who may do what, over HTTP and over a WebSocket, and by the command line that makes tokens."""

from __future__ import annotations

import asyncio
import sqlite3

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from reev_api.security import Scope, new_token
from reev_api.security._tokens import parts
from reev_runner.system import SystemClock

ROUTES = [
    ("POST", "/benchmarks/execute-direct", Scope.EXECUTE),
    ("POST", "/benchmarks/execute-dynamic", Scope.EXECUTE),
    ("POST", "/benchmarks/execute-recovery", Scope.EXECUTE),
    ("POST", "/benchmarks/001/run", Scope.EXECUTE),
    ("GET", "/sessions", Scope.READ),
    ("GET", "/flows/some/sessions", Scope.READ),
    ("GET", "/sessions/some", Scope.READ),
    ("GET", "/sessions/some/status", Scope.READ),
    ("GET", "/sessions/some/events", Scope.READ),
    ("DELETE", "/sessions/some", Scope.EXECUTE),
    ("POST", "/sessions/some/answers", Scope.EXECUTE),
]


@pytest.fixture(scope="module")
def secured(tmp_path_factory, make_server):
    """A server that takes tokens, and one token of each scope."""
    folder = tmp_path_factory.mktemp("secured")
    with make_server(port=0, data=folder, auth=True) as server:
        yield server, {scope: _added(server, scope) for scope in Scope}, folder


def _added(server, scope):
    record, token = new_token(scope.value, scope, SystemClock())
    asyncio.run_coroutine_threadsafe(server.services.storage.add_token(record), server.loop).result(10)
    server.services.authority.forget()
    return token


def _bearer(token):
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize(("method", "path", "scope"), ROUTES)
def test_a_route_takes_a_token(secured, method, path, scope):
    server, *_ = secured
    answer = server.client.request(method, path, json={})
    assert (answer.status_code, answer.json()["code"]) == (401, "no_token")
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(("method", "path", "scope"), ROUTES)
@pytest.mark.parametrize("held", list(Scope))
def test_a_scope_is_enough_for_what_it_covers_and_for_nothing_else(secured, method, path, scope, held):
    server, tokens, _ = secured
    answer = server.client.request(method, path, json={}, headers=_bearer(tokens[held]))
    assert (answer.status_code == 403) == (not held.covers(scope))
    if answer.status_code == 403:
        assert answer.json()["code"] == "missing_scope"


def test_every_route_of_the_document_is_in_the_table_above(secured):
    server, *_ = secured
    document = server.client.get("/openapi.json").json()
    told = {(method.upper(), path.count("/")) for path, methods in document["paths"].items() for method in methods}
    assert len(ROUTES) == sum(len(methods) for methods in document["paths"].values()) - 1, told


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer x", "Basic cmVldg==", f"Bearer reev_{'0' * 16}_{'0' * 64}", "Bearer reev_é"]
)
def test_what_is_no_token_of_this_server_is_refused(secured, header):
    server, *_ = secured
    answer = server.client.get("/sessions", headers={"Authorization": header.encode()})
    assert (answer.status_code, answer.json()["code"]) == (401, "bad_token")


def test_a_secret_of_another_token_is_refused(secured):
    server, tokens, _ = secured
    one, other = tokens[Scope.READ], tokens[Scope.ADMIN]
    mixed = f"{one.rpartition('_')[0]}_{other.rpartition('_')[2]}"
    assert server.client.get("/sessions", headers=_bearer(mixed)).status_code == 401


def test_health_takes_no_token(secured):
    server, *_ = secured
    assert server.client.get("/health").status_code == 200


def test_the_database_has_no_token_in_it(secured):
    _, tokens, folder = secured
    with sqlite3.connect(folder / "reev.sqlite") as connection:
        dump = "\n".join(connection.iterdump())
    for token in tokens.values():
        assert token.rpartition("_")[2] not in dump


def test_a_websocket_takes_a_token(secured):
    server, _tokens, _ = secured
    url = f"{server.url.replace('http', 'ws')}/api/v1/sessions/some/live"
    with pytest.raises(InvalidStatus) as refused, connect(url):
        pass
    assert refused.value.response.status_code in (401, 403)


def test_keys_of_two_tokens_do_not_meet(secured):
    server, tokens, _ = secured
    body = {"prompt": "swap 0.1 SOL to USDC", "dry_run": True}
    started = [
        server.client.post(
            "/benchmarks/execute-direct", json=body, headers=_bearer(tokens[scope]) | {"Idempotency-Key": "same"}
        ).json()["session_id"]
        for scope in (Scope.EXECUTE, Scope.ADMIN)
    ]
    assert len(set(started)) == 2


def test_a_token_that_was_revoked_elsewhere_stops_to_work(secured):
    server, *_ = secured
    token = _added(server, Scope.READ)
    assert server.client.get("/sessions", headers=_bearer(token)).status_code == 200
    token_id, _ = parts(token)
    asyncio.run_coroutine_threadsafe(server.services.storage.revoke_token(token_id), server.loop).result(10)
    server.services.authority.forget()
    assert server.client.get("/sessions", headers=_bearer(token)).status_code == 401
