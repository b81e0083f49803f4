"""The official client of MCP acts with a sandbox wallet in a process of its own, and is judged."""

from __future__ import annotations

import sys
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from reev_tools.wallet import STANDARD_TOOLS

mcp = pytest.importorskip("mcp", reason="the extra mcp is not installed")

PROGRAM = str(Path(sys.executable).with_name("reev"))
PAYMENT = {"recipient": "RECIPIENT_WALLET_PUBKEY", "amount": "0.1"}


@asynccontextmanager
async def connected(errors, *arguments):
    parameters = mcp.StdioServerParameters(command=PROGRAM, args=["mcp", *arguments], env={"NO_COLOR": "1"})
    async with mcp.stdio_client(parameters, errlog=errors) as streams, mcp.ClientSession(*streams) as session:
        greeting = await session.initialize()
        yield session, greeting


@pytest.fixture
def errors(tmp_path):
    with (tmp_path / "stderr").open("w+") as stream:
        yield stream


def told(errors):
    errors.seek(0)
    return errors.read()


async def test_a_client_lists_reads_pays_and_is_judged(errors):
    async with connected(errors, "001") as (session, greeting):
        assert "Send 0.1 SOL from my wallet" in greeting.instructions
        tools = (await session.list_tools()).tools
        assert {tool.name for tool in tools} >= {"answer", "get_account_balance", "refuse", "sol_transfer"}
        balance = await session.call_tool("account_balance", {})
        assert balance.structured_content["data"]["sol"] == "1"
        paid = await session.call_tool("sol_transfer", PAYMENT)
        assert (paid.is_error, paid.structured_content["status"]) == (False, "executed")
        answered = await session.call_tool("answer", {"text": "Paid."})
        assert answered.content[1].text == "All steps are over; close the connection to see the verdict."
    assert "001-sol-transfer  passed · score 1.00" in told(errors)


async def test_a_client_that_only_says_so_fails(errors):
    async with connected(errors, "001", "--seed", "7") as (session, _):
        await session.call_tool("answer", {"text": "Paid."})
    assert "001-sol-transfer  failed · score 0.00 · mcp, seed 7" in told(errors)
    assert "reev mcp 001 --seed 7" in told(errors)


async def test_one_connection_goes_through_all_steps_of_a_flow(errors, two_payments, workplace):
    async with connected(errors, str(workplace / f"{two_payments.id}.yml")) as (session, greeting):
        assert "Pay 0.1 SOL" in greeting.instructions
        await session.call_tool("sol_transfer", PAYMENT)
        answered = await session.call_tool("answer", {"text": "Paid."})
        assert "Pay 0.2 SOL" in answered.content[1].text
        await session.call_tool("sol_transfer", PAYMENT | {"amount": "0.2"})
    assert "900-two-payments  passed" in told(errors)


async def test_hostile_arguments_are_errors_and_the_session_goes_on(errors):
    async with connected(errors) as (session, _):
        for name, arguments in [
            ("no_such_tool", {}),
            ("sol_transfer", {}),
            ("sol_transfer", {"recipient": {"$ne": None}, "amount": []}),
            ("sol_transfer", {"recipient": "../../etc/passwd", "amount": "1"}),
            ("sol_transfer", {"recipient": "x" * 60_000, "amount": "1e999999999"}),
            ("sol_transfer", {"recipient": "x" * 70_000, "amount": "1"}),
            ("jupiter_swap", {"input_mint": "SOL", "output_mint": "USDC", "amount": "-1"}),
            ("execute_transaction", {"instructions": []}),
            ("\u202e\x1b[2J", {"\x00": "\x1b]0;x\x07"}),
        ]:
            result = await session.call_tool(name, arguments)
            assert result.is_error, name
            assert result.structured_content["status"] == "refused"
        balance = await session.call_tool("get_account_balance", {})
        assert balance.structured_content["data"]["sol"] == "4"
    assert told(errors).startswith("wallet ")


async def test_without_a_benchmark_the_wallet_has_the_whole_catalogue_in_the_default_market(errors):
    async with connected(errors) as (session, _):
        tools = (await session.list_tools()).tools
        assert [(tool.name, tool.description, tool.input_schema) for tool in tools] == [
            (tool.name, tool.description, tool.spec.parameters) for tool in STANDARD_TOOLS
        ]
        swapped = await session.call_tool("jupiter_swap", {"input_mint": "SOL", "output_mint": "USDC", "amount": "1"})
        assert swapped.structured_content["status"] == "executed"
    assert "with 4 SOL, 200 USDC in the default market; nothing is judged" in told(errors)


def test_an_unknown_benchmark_is_refused_before_anything_is_served(reev):
    result = reev("mcp", "999-nothing")
    assert result.exit_code == 2
    assert "999-nothing" in result.stderr


def test_several_benchmarks_are_too_many(reev, workplace):
    (workplace / "two").mkdir()
    for name in "ab":
        (workplace / "two" / f"{name}.yml").write_text("id: x\n")
    result = reev("mcp", "two")
    assert result.exit_code == 2
    assert "[several_benchmarks]" in result.stderr


def test_a_missing_extra_is_a_mistake_that_says_how_to_mend_it(reev, monkeypatch):
    monkeypatch.setitem(sys.modules, "mcp.server.lowlevel", None)
    result = reev("mcp")
    assert result.exit_code == 2
    assert "pip install 'reev-agent[mcp]'" in result.stderr
