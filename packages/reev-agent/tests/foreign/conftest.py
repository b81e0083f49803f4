"""A foreign agent on this machine that answers as it is told."""

from __future__ import annotations

import asyncio

import pytest

from reev_agent.foreign import GenTxAgent
from reev_agent.testing import StubAnswer, StubServer

SYSTEM = "11111111111111111111111111111111"


class PatientClock:
    """Waits for ever."""

    def now_iso(self):
        return "2026-11-22T12:00:00.000Z"

    def monotonic(self):
        return 0.0

    async def sleep(self, seconds):
        await asyncio.Event().wait()


def transfer(recipient="RECIPIENT", **fields):
    accounts = [
        {"pubkey": "USER_WALLET_PUBKEY", "is_signer": True, "is_writable": True},
        {"pubkey": recipient, "is_signer": False, "is_writable": True},
    ]
    return {"program_id": SYSTEM, "accounts": accounts, "data": "3Bxs4h24hBtQy9rw", **fields}


@pytest.fixture
def instruction():
    return transfer


@pytest.fixture
def patient_clock():
    return PatientClock()


@pytest.fixture
def run(planned_tools, request_for, patient_clock):
    """Run a step against a server that gives ``answer`` and return outcome, tools and server."""

    async def run(answer, results=(), clock=None, request=None, **settings):
        answer = answer if isinstance(answer, StubAnswer) else StubAnswer(answer)
        tools = planned_tools(results)
        async with StubServer([answer]) as server:
            agent = GenTxAgent(server.url, clock or patient_clock, **settings)
            return await agent.run_step(request or request_for(), tools), tools, server

    return run
