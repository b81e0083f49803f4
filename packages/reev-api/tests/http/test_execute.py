from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

FLOWS = ["benchmarks/execute-direct", "benchmarks/execute-dynamic", "benchmarks/execute-recovery"]


def _post(server, route, body, **headers):
    return server.client.post(f"/{route}", json=body, headers=headers)


@pytest.mark.parametrize(("route", "kind"), list(zip(FLOWS, ["direct", "dynamic", "recovery"], strict=True)))
def test_a_sentence_is_accepted_at_once_and_carried_out(server, swap, route, kind):
    answer = _post(server, route, swap)
    assert answer.status_code == 202
    started = answer.json()
    assert started["execution_id"] == started["session_id"]
    assert answer.headers["location"] == started["links"]["session"]
    session = server.ended(started["session_id"])
    assert (session["status"], session["outcome"], session["kind"]) == ("completed", "passed", kind)
    assert session["result"]["flow"]["user_prompt"] == swap["prompt"]
    assert session["plan"]["flow_id"] == session["flow_id"]


def test_all_ways_come_to_the_same_chain(server, swap):
    results = [server.ended(server.start(route, swap))["result"] for route in FLOWS[:2]]
    assert results[0]["run_hash"] == results[1]["run_hash"]


def test_the_bridge_leaves_no_file(server, swap, tmp_path):
    started = server.start("benchmarks/execute-dynamic", swap)
    server.ended(started)
    first = server.events(started, limit=1)[0]
    assert first["timing"]["source"]["mode"] == "bridge"


@pytest.mark.parametrize("name", ["001", "001-sol-transfer"])
def test_a_benchmark_is_run_by_its_id_or_its_number(server, name):
    session = server.ended(server.start(f"benchmarks/{name}/run", {"seed": 7}))
    assert (session["benchmark_id"], session["flow_id"]) == ("001-sol-transfer", "001-sol-transfer")
    assert (session["outcome"], session["result"]["seed"]) == ("passed", 7)


def test_a_benchmark_that_nobody_knows_is_not_found(server):
    answer = _post(server, "benchmarks/001-sol-transfers/run", {})
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_benchmark")
    assert "001-sol-transfer" in answer.json()["suggestions"][0]


@pytest.mark.parametrize("name", ["..%2f..%2fetc%2fpasswd", "%2fetc%2fpasswd", "benchmarks%2f001-sol-transfer.yml"])
def test_no_path_leads_into_the_file_system(server, name):
    answer = _post(server, f"benchmarks/{name}/run", {})
    assert answer.status_code in (404, 405, 422)


def test_a_dry_run_ends_with_its_plan(server, swap):
    session = server.ended(server.start(body=swap | {"dry_run": True}))
    assert (session["status"], session["outcome"], session["result"]) == ("completed", None, None)
    assert [step["intent"]["kind"] for step in session["plan"]["steps"]] == ["swap"]


def test_terms_reach_the_flow(server, swap):
    asked = {"agent": "does_nothing", "seed": 3, "atomic_mode": "lenient", "on_abort": "leave", "recovery": {}}
    session = server.ended(server.start(body=swap | asked | {"limits": {"max_tool_calls": 2}}))
    (started, *_) = server.events(session["session_id"], limit=1)
    assert (started["agent"], started["seed"]) == ("does_nothing", 3)
    assert started["flow"]["case"]["atomic_mode"] == "lenient"
    assert started["flow"]["limits"]["max_tool_calls"] == 2
    assert session["outcome"] == "failed"


def test_what_cannot_be_planned_ends_with_a_problem_that_has_a_place(server):
    session = server.ended(server.start(body={"prompt": "make me rich"}))
    assert (session["status"], session["outcome"]) == ("failed", "error")
    assert session["problem"]["status"] == 422
    assert session["problem"]["code"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"wallet": "demo:nobody"}, "unknown_mock_wallet"),
        ({"wallet": "not-a-wallet"}, "invalid_wallet"),
        ({"agent": "gpt5000"}, "unknown_agent"),
        ({"agent": "scripted:/etc/passwd"}, "agent_not_allowed"),
        ({"agent": "gen-tx:http://169.254.169.254/"}, "agent_not_allowed"),
        ({"agent": "http://127.0.0.1:22/v1#x"}, "agent_not_allowed"),
        ({"prompt": ""}, "invalid_request"),
        ({"prompt": "a\x00b"}, "invalid_request"),
        ({"prompt": "x" * 4_001}, "invalid_request"),
        ({"seed": -1}, "invalid_request"),
        ({"seed": 2**64}, "invalid_request"),
        ({"limits": {"max_turns": 0}}, "invalid_request"),
        ({"unknown": 1}, "invalid_request"),
        ({"dry_run": 1}, "invalid_request"),
        ({"seed": "1"}, "invalid_request"),
        ({"market": "../x"}, "invalid_request"),
    ],
)
def test_what_cannot_be_carried_out_is_refused_before_it_is_accepted(server, swap, change, code):
    answer = _post(server, FLOWS[0], swap | change)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_problem_points_at_what_is_wrong_without_repeating_it(server, swap):
    answer = _post(server, FLOWS[0], swap | {"limits": {"max_turns": 0}, "unknown": "secret-123"})
    assert {each["pointer"] for each in answer.json()["errors"]} == {"body/limits/max_turns", "body/unknown"}
    assert "secret-123" not in answer.text


def test_fifty_requests_with_one_key_run_once(server, swap):
    def ask(number):
        return _post(server, FLOWS[0], swap, **{"Idempotency-Key": "fifty"})

    with ThreadPoolExecutor(25) as pool:
        answers = list(pool.map(ask, range(50)))
    assert {answer.status_code for answer in answers} == {202}
    (session_id,) = {answer.json()["session_id"] for answer in answers}
    assert sum("idempotency-replayed" not in answer.headers for answer in answers) == 1
    assert [event["type"] for event in server.events(session_id)].count("run_started") == 1


@pytest.mark.parametrize("route", FLOWS)
def test_a_key_does_not_stand_for_another_request(server, swap, route):
    headers = {"Idempotency-Key": f"key-of-{route}"}
    assert _post(server, route, swap, **headers).status_code == 202
    answer = _post(server, route, swap | {"seed": 1}, **headers)
    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_key_reused")


def test_a_key_does_not_stand_for_the_same_request_elsewhere(server, swap):
    headers = {"Idempotency-Key": "elsewhere"}
    _post(server, FLOWS[0], swap, **headers)
    assert _post(server, FLOWS[1], swap, **headers).status_code == 409


@pytest.mark.parametrize("key", ["", "x" * 256, "two words"])
def test_a_key_that_is_none_is_refused(server, swap, key):
    assert _post(server, FLOWS[0], swap, **{"Idempotency-Key": key}).status_code == 422


def test_a_full_queue_says_when_to_come_back(run_server, slow_agent, swap):
    slow = swap | {"agent": slow_agent.name}
    with run_server(concurrency=1, queue=1, agents=[slow_agent.name], grace_s=0) as server:
        first = server.start(body=slow, **{"Idempotency-Key": "first"})
        waiting = server.start(body=slow)
        answer = _post(server, FLOWS[0], slow)
        assert (answer.status_code, answer.json()["code"]) == (429, "queue_full")
        assert int(answer.headers["retry-after"]) >= 1
        again = _post(server, FLOWS[0], slow, **{"Idempotency-Key": "first"})
        assert (again.status_code, again.json()["session_id"]) == (202, first)
        assert server.client.get(f"/sessions/{waiting}/status").json()["status"] == "queued"
        slow_agent.answer.set()
        assert server.ended(waiting)["complete"]
        server.start(body=swap)
