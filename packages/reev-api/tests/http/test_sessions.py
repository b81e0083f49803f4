from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def finished(server):
    session_id = server.start(body={"prompt": "swap 0.2 SOL to USDC"})
    return server.ended(session_id)


def test_a_session_tells_everything_but_its_events(finished):
    assert finished["complete"]
    assert finished["order"]["prompt"] == "swap 0.2 SOL to USDC"
    assert finished["result"]["status"] == "passed"
    assert finished["created_at"] <= finished["started_at"] <= finished["ended_at"]
    assert (finished["problem"], finished["landed"], finished["question"]) == (None, None, None)


def test_the_status_is_the_short_form(server, finished):
    status = server.client.get(finished["links"]["status"].removeprefix("/api/v1")).json()
    assert status.items() <= finished.items()
    assert (status["status"], status["outcome"], status["complete"]) == ("completed", "passed", True)


@pytest.mark.parametrize("path", ["", "/status", "/events"])
def test_a_session_that_nobody_knows_is_not_found(server, path):
    answer = server.client.get(f"/sessions/20260101-000000-000000000000{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_session")


def test_a_flow_lists_its_sessions(server, finished):
    page = server.client.get(f"/flows/{finished['flow_id']}/sessions").json()
    assert finished["session_id"] in [each["session_id"] for each in page["sessions"]]


def test_a_flow_that_nobody_ran_has_no_sessions(server):
    assert server.client.get("/flows/none/sessions").json() == {"sessions": [], "next_cursor": None}


def test_pages_hold_every_session_once(server):
    made = {server.start(body={"prompt": "swap 0.3 SOL to USDC", "dry_run": True}) for _ in range(5)}
    for session_id in made:
        server.ended(session_id)
    (flow_id,) = {server.client.get(f"/sessions/{session_id}").json()["flow_id"] for session_id in made}
    seen, cursor = [], None
    while True:
        query = {"flow_id": flow_id, "limit": 2} | ({"cursor": cursor} if cursor else {})
        page = server.client.get("/sessions", params=query).json()
        seen += [each["session_id"] for each in page["sessions"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert sorted(seen) == sorted(made)
    assert seen == sorted(seen, reverse=True)


def test_sessions_are_found_by_how_they_stand(server, finished):
    query = {"status": "completed", "kind": "direct", "agent": "deterministic"}
    page = server.client.get("/sessions", params=query).json()
    assert finished["session_id"] in [each["session_id"] for each in page["sessions"]]
    none = server.client.get("/sessions", params=query | {"status": "stopped"}).json()
    assert finished["session_id"] not in [each["session_id"] for each in none["sessions"]]


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 201}, {"status": "lost"}, {"cursor": "../x"}])
def test_a_query_that_means_nothing_is_refused(server, query):
    answer = server.client.get("/sessions", params=query)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


def test_stopping_ends_the_agent_and_tells_what_stays(patient, swap):
    server, agent = patient
    session_id = server.start(body=swap | {"agent": agent.name})
    agent.asked.acquire(timeout=20)
    answer = server.client.delete(f"/sessions/{session_id}")
    assert answer.status_code == 200
    stopped = answer.json()
    assert (stopped["status"], stopped["complete"], stopped["outcome"]) == ("stopped", True, None)
    assert stopped["landed"] == []
    *events, last = server.events(session_id)
    assert (events[-1]["type"], events[-1]["error"]) == ("run_ended", "stopped on request")
    assert (last["type"], last["status"], last["landed"]) == ("session_ended", "stopped", [])
    assert server.client.delete(f"/sessions/{session_id}").json() == stopped


def test_a_stopped_flow_tells_of_the_transactions_that_landed(server):
    """The question comes after the first payment has landed, and nobody answers it."""
    body = {"recovery": {"enable_retry": False, "enable_user_fulfillment": True, "question_timeout_ms": 60_000}}
    session_id = server.start("benchmarks/408/run", body)
    before = server.until(session_id, "question_asked")
    landed = [event["outcome"]["signature"] for event in before if event["type"] == "transaction_returned"]
    stopped = server.client.delete(f"/sessions/{session_id}").json()
    assert stopped["status"] == "stopped"
    assert [each["signature"] for each in stopped["landed"]] == landed
    assert landed


def test_what_waits_is_stopped_before_it_begins(run_server, slow_agent, swap):
    with run_server(concurrency=1, agents=[slow_agent.name], grace_s=0) as server:
        server.start(body=swap | {"agent": slow_agent.name})
        waiting = server.start(body=swap)
        assert server.client.delete(f"/sessions/{waiting}").json()["status"] == "stopped"
        assert [event["type"] for event in server.events(waiting)] == ["session_ended"]


def test_what_has_ended_cannot_be_stopped(server, finished):
    answer = server.client.delete(f"/sessions/{finished['session_id']}")
    assert (answer.status_code, answer.json()["code"]) == (409, "already_ended")


def test_nobody_stops_a_session_that_nobody_knows(server):
    assert server.client.delete("/sessions/none").status_code == 404


def test_an_answer_lets_the_flow_go_on(server):
    body = {"recovery": {"enable_retry": False, "enable_user_fulfillment": True, "question_timeout_ms": 60_000}}
    session_id = server.start("benchmarks/408/run", body)
    question = server.until(session_id, "question_asked")[-1]["question"]
    assert server.client.get(f"/sessions/{session_id}").json()["question"] == question
    wrong = {"question_id": "other", "answer": {"choice": "skip"}}
    assert server.client.post(f"/sessions/{session_id}/answers", json=wrong).json()["code"] == "no_such_question"
    amount = {"question_id": question["question_id"], "answer": {"choice": "skip", "amount": "1"}}
    assert server.client.post(f"/sessions/{session_id}/answers", json=amount).json()["code"] == "bad_answer"
    reply = {"question_id": question["question_id"], "answer": {"choice": "skip"}}
    assert server.client.post(f"/sessions/{session_id}/answers", json=reply).status_code == 202
    answered = [event for event in server.events(session_id) if event["type"] == "question_answered"]
    assert [(event["answer"]["choice"], event["by"]) for event in answered] == [("skip", "person")]
    again = server.client.post(f"/sessions/{session_id}/answers", json=reply)
    assert (again.status_code, again.json()["code"]) == (409, "no_such_question")
