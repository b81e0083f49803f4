from __future__ import annotations

import json

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect


@pytest.fixture(scope="module")
def finished(server):
    session_id = server.start(body={"prompt": "swap 0.1 SOL to USDC"})
    server.ended(session_id)
    return session_id


def _raw(server, session_id, headers=None, **query):
    with server.client.stream("GET", f"/sessions/{session_id}/events", params=query, headers=headers) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        return stream.read().decode()


def _watched(server, session_id, start=0):
    url = server.url.replace("http", "ws")
    with connect(f"{url}/api/v1/sessions/{session_id}/live?start={start}") as socket:
        return [json.loads(message) for message in socket]


def test_a_stream_has_every_event_once_and_ends(server, swap):
    events = server.events(server.start(body=swap))
    assert [event["seq"] for event in events] == list(range(len(events)))
    assert (events[0]["type"], events[-2]["type"], events[-1]["type"]) == ("run_started", "run_ended", "session_ended")


def test_a_replay_is_what_was_live(server, swap):
    session_id = server.start(body=swap)
    assert server.events(session_id) == server.events(session_id)


def test_messages_have_their_number_and_their_type(server, finished):
    first = _raw(server, finished, limit=1).split("\n")
    assert first[:2] == ["id: 0", "event: run_started"]
    assert json.loads(first[2].removeprefix("data: "))["type"] == "run_started"
    assert first[3:] == ["", ""]


def test_a_stream_goes_on_after_the_last_event_received(server, finished):
    everything = server.events(finished)
    for last in range(len(everything) - 1):
        told = _raw(server, finished, headers={"Last-Event-ID": str(last)})
        rest = [json.loads(line[6:]) for line in told.splitlines() if line.startswith("data: ")]
        assert rest == everything[last + 1 :]


def test_who_has_everything_is_told_not_to_come_back(server, finished):
    last = len(server.events(finished)) - 1
    answer = server.client.get(f"/sessions/{finished}/events", headers={"Last-Event-ID": str(last)})
    assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.parametrize("header", ["-1", "x", "1.5", str(2**31)])
def test_a_last_event_that_is_none_is_refused(server, finished, header):
    answer = server.client.get(f"/sessions/{finished}/events", headers={"Last-Event-ID": header})
    assert answer.status_code == 422


def test_a_stream_can_be_bounded(server, finished):
    assert [event["seq"] for event in server.events(finished, start=2, limit=3)] == [2, 3, 4]


@pytest.fixture
def waiting(patient, swap):
    """A server, and a session on it whose agent thinks."""
    server, agent = patient
    session_id = server.start(body=swap | {"agent": agent.name})
    assert agent.asked.acquire(timeout=20)
    return server, session_id


def test_until_now_does_not_wait(waiting):
    server, session_id = waiting
    types = [event["type"] for event in server.events(session_id, until="now")]
    assert types == ["run_started", "world_prepared", "step_started"]


def test_a_stream_with_nothing_to_say_says_so(waiting):
    server, session_id = waiting
    with server.client.stream("GET", f"/sessions/{session_id}/events") as stream:
        assert next(line for line in stream.iter_lines() if line.startswith(":")) == ": nothing new"


def test_a_stream_ends_when_the_server_stops_and_says_nothing_of_an_end(waiting):
    server, session_id = waiting
    with server.client.stream("GET", f"/sessions/{session_id}/events") as stream:
        lines = stream.iter_lines()
        next(lines)
        server.loop.call_soon_threadsafe(server.services.live.release)
        assert "event: session_ended" not in list(lines)


def test_a_websocket_has_the_same_events(server, swap):
    session_id = server.start(body=swap)
    assert _watched(server, session_id) == server.events(session_id)
    assert _watched(server, session_id, start=3) == server.events(session_id, start=3)


def test_a_websocket_closes_normally_after_the_end(server, finished):
    with connect(f"{server.url.replace('http', 'ws')}/api/v1/sessions/{finished}/live") as socket:
        list(socket)
        assert socket.close_code == 1000


def test_a_websocket_to_a_session_that_nobody_knows_is_not_opened(server):
    with pytest.raises(InvalidStatus), connect(f"{server.url.replace('http', 'ws')}/api/v1/sessions/none/live"):
        pass


def test_a_page_elsewhere_cannot_open_a_websocket(server, finished):
    url = f"{server.url.replace('http', 'ws')}/api/v1/sessions/{finished}/live"
    with pytest.raises(InvalidStatus) as refused, connect(url, origin="https://evil.example"):
        pass
    assert refused.value.response.status_code == 403
