"""Agents that are not reev's own are judged like everybody else: behind an address, or installed."""

from __future__ import annotations

import json
import re
import sys
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from reev_agent import ScriptedAgent, ScriptedStep
from reev_runner.execution import choose_agent, known_agents
from reev_runner.execution._visitors import installed_agents
from reev_runner.files import find_benchmarks, load_case
from reev_runner.journal import fold
from reev_runner.system import SystemClock
from reev_types.addresses import encode_base58
from reev_types.agents import Completed
from reev_types.errors import UsageError
from reev_types.events import RunEnded, RunStarted, StepEnded, ToolReturned

SYSTEM = "11111111111111111111111111111111"
SOL = 10**9
STRANGER = encode_base58(bytes([7]) * 32)


def transfer(sender, recipient, lamports):
    accounts = [
        {"pubkey": sender, "is_signer": True, "is_writable": True},
        {"pubkey": recipient, "is_signer": False, "is_writable": True},
    ]
    data = (2).to_bytes(4, "little") + lamports.to_bytes(8, "little")
    return {"program_id": SYSTEM, "accounts": accounts, "data": encode_base58(data)}


def honest(asked):
    keys = asked["key_map"]
    return [transfer(keys["USER_WALLET_PUBKEY"], keys["RECIPIENT_WALLET_PUBKEY"], SOL // 10)]


def by_name(asked):
    return [transfer("USER_WALLET_PUBKEY", "RECIPIENT_WALLET_PUBKEY", SOL // 10)]


def greedy(asked):
    return [*honest(asked), transfer("USER_WALLET_PUBKEY", STRANGER, SOL // 2)]


def robs_the_recipient(asked):
    keys = asked["key_map"]
    return [transfer(keys["RECIPIENT_WALLET_PUBKEY"], keys["USER_WALLET_PUBKEY"], 1)]


def idle(asked):
    return []


def server_of(agent, seen):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            seen.append((self.path, body))
            answer = json.dumps({"transactions": agent(json.loads(body)), "summary": "I did it all."}).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *arguments):
            """Keep quiet."""

    return ThreadingHTTPServer(("127.0.0.1", 0), Handler)


@contextmanager
def serving(agent):
    seen = []
    with server_of(agent, seen) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"gen-tx:http://127.0.0.1:{server.server_port}/gen/tx", seen
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def payment():
    return load_case(find_benchmarks(["001"])[0])


@pytest.fixture
def judged(run_trial, payment):
    async def judged(agent, case=None):
        with serving(agent) as (name, seen):
            events = await run_trial(case or payment, name, clock=SystemClock())
        return fold(events), events, seen

    return judged


@pytest.mark.parametrize("agent", [honest, by_name])
async def test_an_honest_server_passes(judged, agent):
    result, events, _ = await judged(agent)
    assert result.status == "passed"
    (ended,) = [event for event in events if isinstance(event, StepEnded)]
    assert ended.outcome == Completed(answer="I did it all.")


async def test_a_server_that_only_claims_to_have_paid_fails(judged):
    result, _, _ = await judged(idle)
    assert (result.status, result.judgement.score) == ("failed", 0)


async def test_a_server_that_takes_more_than_was_asked_for_fails(judged):
    result, _, _ = await judged(greedy)
    assert result.status == "failed"
    assert any(outflow.excessive for outflow in result.judgement.outflows)
    assert result.judgement.strangers


async def test_nobody_elses_funds_can_be_moved(judged):
    result, events, _ = await judged(robs_the_recipient)
    assert result.status == "failed"
    (returned,) = [event for event in events if isinstance(event, ToolReturned)]
    assert returned.result.code == "foreign_signer"


async def test_each_step_of_a_flow_is_asked_for_once(judged, two_payments):
    def agent(asked):
        lamports = {"900-two-payments-step-1": SOL // 10, "900-two-payments-step-2": SOL // 5}[asked["id"]]
        return [transfer("USER_WALLET_PUBKEY", "RECIPIENT_WALLET_PUBKEY", lamports)]

    result, _, seen = await judged(agent, two_payments)
    assert result.status == "passed"
    assert [path for path, _ in seen] == ["/gen/tx"] * 2


async def test_what_the_server_is_sent_holds_nothing_of_the_solution(judged, payment):
    _, _, seen = await judged(honest)
    for _, body in seen:
        assert not re.search(rb"\b(899995000|100000000)\b|final_state|ground_truth|SolBalance|reference", body)


async def test_the_transaction_tool_is_there_for_such_agents_alone(run_trial, payment):
    wish = ("execute_transaction", {"instructions": by_name({})})
    agent = ScriptedAgent({"step_1": ScriptedStep([wish])})
    (returned,) = [event for event in await run_trial(payment, agent) if isinstance(event, ToolReturned)]
    assert returned.result.code == "unknown_tool"


async def test_nobody_at_the_address_is_an_error_of_the_run(run_trial, payment):
    events = await run_trial(payment, "gen-tx:http://127.0.0.1:1/gen/tx", clock=SystemClock())
    assert isinstance(events[-1], RunEnded)
    assert events[-1].status == "error"
    assert "[agent_unreachable]" in events[-1].error


async def test_keys_in_an_address_are_not_recorded(run_trial, payment):
    with serving(honest) as (name, seen):
        events = await run_trial(payment, f"{name}?key=hidden", clock=SystemClock())
    assert seen[0][0] == "/gen/tx?key=hidden"
    assert next(event for event in events if isinstance(event, RunStarted)).agent == name
    assert not [event for event in events if "hidden" in event.model_dump_json()]


def test_a_bad_address_is_a_mistake_of_the_user():
    with pytest.raises(UsageError) as raised:
        choose_agent("gen-tx:http://agents.example/gen/tx")
    assert raised.value.code == "bad_agent_url"


VISITORS = """
from reev_agent import ScriptedAgent, ScriptedStep

def pays():
    call = ("sol_transfer", {"recipient": "RECIPIENT_WALLET_PUBKEY", "amount": "0.1"})
    return ScriptedAgent({"step_1": ScriptedStep([call])})

def breaks():
    raise RuntimeError("no key")

def makes_nothing():
    return None
"""


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """A distribution ``town-agents`` that brings agents of its own."""
    (tmp_path / "town_agents.py").write_text(VISITORS)
    metadata = tmp_path / "town_agents-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: town-agents\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(
        "[reev.agents]\npays = town_agents:pays\nbreaks = town_agents:breaks\nabsent = town_agents:absent\n"
        "makes-nothing = town_agents:makes_nothing\ndeterministic = town_agents:breaks\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    installed_agents.cache_clear()
    yield
    installed_agents.cache_clear()
    sys.modules.pop("town_agents", None)


async def test_an_installed_agent_is_chosen_and_recorded_by_its_name(installed, run_trial, payment):
    events = await run_trial(payment, "pays")
    assert fold(events).status == "passed"
    assert next(event for event in events if isinstance(event, RunStarted)).agent == "pays"


@pytest.mark.parametrize("name", ["breaks", "absent", "makes-nothing"])
async def test_an_installed_agent_that_cannot_be_made_is_reported_with_where_it_comes_from(
    installed, run_trial, payment, name
):
    ended = (await run_trial(payment, name))[-1]
    assert isinstance(ended, RunEnded)
    assert ended.status == "error"
    assert f"the agent '{name}' of town-agents " in ended.error
    assert "[bad_agent]" in ended.error


def test_agents_of_others_are_listed_behind_reevs_own(installed):
    listed = dict(known_agents())
    assert listed["pays"] == "nothing; installed with town-agents"
    assert listed["deterministic"] == "a reference solution in the benchmark"
    assert "gen-tx:<url>" in listed


async def test_a_name_of_reevs_own_cannot_be_taken(installed, run_trial, payment):
    assert fold(await run_trial(payment, "deterministic")).status == "passed"
