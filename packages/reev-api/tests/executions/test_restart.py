"""What a server finds when it comes back: nothing is lost, and nothing is executed twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import ExitStack, contextmanager

import httpx
import pytest

_PATIENCE_S = 30


@contextmanager
def _process(folder, agent):
    command = [sys.executable, "-m", "reev_api", "serve", "--no-auth", "--port", "0", "--data", str(folder)]
    with subprocess.Popen([*command, "--allow-agent", agent], stderr=subprocess.PIPE, text=True) as process:
        try:
            told = process.stderr.readline()
            assert told.startswith("reev listens on "), told
            with httpx.Client(base_url=told.split()[-1], timeout=_PATIENCE_S) as client:
                yield process, client
        finally:
            process.kill()


def _start(client, route, body):
    answer = client.post(f"/benchmarks/{route}", json=body)
    assert answer.status_code == 202, answer.text
    return answer.json()["session_id"]


def _events(client, session_id, start=0):
    told = client.get(f"/sessions/{session_id}/events", params={"start": start}).text
    return [json.loads(line[6:]) for line in told.splitlines() if line.startswith("data: ")]


@pytest.fixture(scope="module")
def restarted(tmp_path_factory, make_slow_agent):
    """Sessions of a server that was killed, as the next one has carried them to their ends."""
    with ExitStack() as stack:
        agent = stack.enter_context(make_slow_agent())
        folder = tmp_path_factory.mktemp("killed")
        slow = {"prompt": "swap 0.1 SOL to USDC", "agent": agent.name}
        with _process(folder, agent.name) as (process, client):
            done = _start(client, "execute-direct", {"prompt": "swap 0.1 SOL to USDC"})
            before = {"done": _events(client, done)}
            plain = _start(client, "execute-direct", slow)
            agent.asked.acquire(timeout=_PATIENCE_S)
            recovering = _start(client, "execute-recovery", slow)
            agent.asked.acquire(timeout=_PATIENCE_S)
            seen = client.get(f"/sessions/{recovering}/events", params={"until": "now"}).text
            before["recovering"] = [json.loads(line[6:]) for line in seen.splitlines() if line.startswith("data: ")]
            process.send_signal(signal.SIGKILL)
            process.wait()
        agent.answer.set()
        process, client = stack.enter_context(_process(folder, agent.name))
        ids = {"done": done, "plain": plain, "recovering": recovering}
        events = {name: _events(client, session_id) for name, session_id in ids.items()}
        sessions = {name: client.get(f"/sessions/{session_id}").json() for name, session_id in ids.items()}

        def stop(number):
            process.send_signal(number)
            return process.wait(_PATIENCE_S)

        yield before, events, sessions, stop


@pytest.mark.parametrize("name", ["done", "plain", "recovering"])
def test_every_stream_completes_without_gaps(restarted, name):
    _, events, sessions, _ = restarted
    assert [event["seq"] for event in events[name]] == list(range(len(events[name])))
    assert events[name][-1]["type"] == "session_ended"
    assert sessions[name]["complete"]


def test_what_had_ended_is_as_it_was(restarted):
    before, events, sessions, _ = restarted
    assert events["done"] == before["done"]
    assert (sessions["done"]["status"], sessions["done"]["outcome"]) == ("completed", "passed")


def test_a_flow_with_recovery_goes_on_where_it_was(restarted):
    before, events, sessions, _ = restarted
    types = [event["type"] for event in events["recovering"]]
    assert events["recovering"][: len(before["recovering"])] == before["recovering"]
    assert types[len(before["recovering"])] == "flow_resumed"
    assert types.count("run_started") == types.count("run_ended") == 1
    assert sessions["recovering"]["outcome"] in ("passed", "failed")


def test_a_flow_without_recovery_ends_and_says_why(restarted):
    _, events, sessions, _ = restarted
    assert (sessions["plain"]["status"], sessions["plain"]["problem"]["code"]) == ("failed", "interrupted")
    assert [event["type"] for event in events["plain"]][-2:] == ["run_ended", "session_ended"]


def test_a_stopped_server_ends_in_order(restarted):
    *_, stop = restarted
    assert stop(signal.SIGTERM) == 0


def test_what_waited_when_the_server_stopped_is_carried_out_by_the_next(run_server, slow_agent, swap):
    settings = {"agents": [slow_agent.name], "concurrency": 1, "grace_s": 0}
    with run_server(**settings) as server:
        server.start(body=swap | {"agent": slow_agent.name})
        waiting = server.start(body=swap)
    slow_agent.answer.set()
    with run_server(**settings) as server:
        assert [event["type"] for event in server.events(waiting)][-2:] == ["run_ended", "session_ended"]
        assert server.ended(waiting)["outcome"] == "passed"


def test_a_worker_that_dies_is_replaced_and_its_flows_go_on(patient):
    server, agent = patient
    body = {"prompt": "swap 0.1 SOL to USDC", "agent": agent.name}
    session_id = server.start("benchmarks/execute-recovery", body)
    assert agent.asked.acquire(timeout=_PATIENCE_S)
    (pid,) = server.services.executions.worker_pids
    os.kill(pid, signal.SIGKILL)
    assert server.until(session_id, "flow_resumed")
    assert agent.asked.acquire(timeout=_PATIENCE_S)
    assert server.client.delete(f"/sessions/{session_id}").json()["status"] == "stopped"


def test_a_session_that_kills_its_workers_is_given_up(patient):
    server, agent = patient
    body = {"prompt": "swap 0.1 SOL to USDC", "agent": agent.name}
    session_id = server.start("benchmarks/execute-recovery", body)
    for _ in range(3):
        assert agent.asked.acquire(timeout=_PATIENCE_S)
        (pid,) = server.services.executions.worker_pids
        os.kill(pid, signal.SIGKILL)
    ended = server.ended(session_id)
    assert (ended["status"], ended["problem"]["code"]) == ("failed", "worker_died")
