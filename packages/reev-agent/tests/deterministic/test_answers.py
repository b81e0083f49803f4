from __future__ import annotations

from reev_agent import DeterministicAgent
from reev_agent.deterministic._answers import answer
from reev_types.agents import Completed, GaveUp
from reev_types.intents import BalancesIntent, PositionsIntent
from reev_types.tools import Executed, Observed, Refused

BALANCE = {
    "account": "W",
    "lamports": 1_500_000_000,
    "sol": "1.5",
    "tokens": [{"symbol": "USDC", "balance": "20.25"}, {"symbol": "jlUSDC", "balance": "1000"}],
}
POSITION = {"share_token": "jlUSDC", "shares": "1000", "asset": "USDC", "assets": "1045.711166"}
GAIN = {"share_token": "jlUSDC", "asset": "USDC", "earned": "3.623166"}


def test_nothing_read_is_nothing_said():
    assert answer([]) == ""


def test_balances_are_told_in_ui_units():
    assert answer([BALANCE]) == "The wallet holds 1.5 SOL, 20.25 USDC, 1000 jlUSDC."


def test_a_wallet_without_tokens_holds_sol_alone():
    assert answer([{"sol": "0", "tokens": []}]) == "The wallet holds 0 SOL."


def test_a_position_is_told_with_what_it_is_worth():
    said = answer([{"operation": "positions", "positions": [POSITION]}])
    assert said == "1000 jlUSDC in Jupiter Lend are worth 1045.711166 USDC."


def test_earnings_are_told_beside_the_position():
    said = answer([{"operation": "both", "positions": [POSITION], "earnings": [GAIN]}])
    assert said.endswith("worth 1045.711166 USDC. They have earned 3.623166 USDC so far (jlUSDC).")


def test_every_position_is_told():
    sol = {"share_token": "jlWSOL", "shares": "1", "asset": "SOL", "assets": "1.021634"}
    said = answer([{"positions": [POSITION, sol]}])
    assert ("1045.711166 USDC" in said, "1.021634 SOL" in said) == (True, True)


def test_a_wallet_without_positions_has_lent_nothing_in_numbers():
    assert answer([{"operation": "both", "positions": [], "earnings": []}]) == "The wallet has lent 0 and earned 0."


def test_readings_are_told_in_their_order():
    said = answer([BALANCE, {"positions": []}])
    assert said.index("holds 1.5 SOL") < said.index("lent 0")


async def test_the_agent_answers_with_what_its_tools_read(planned_tools, request_for):
    tools = planned_tools([Observed(data=BALANCE), Observed(data={"positions": [POSITION]})])
    agent = DeterministicAgent({"step_1": [BalancesIntent(), PositionsIntent()]})
    outcome = await agent.run_step(request_for(), tools)
    assert outcome == Completed(answer=answer([BALANCE, {"positions": [POSITION]}]))


async def test_what_was_executed_is_not_told(planned_tools, request_for):
    tools = planned_tools([Executed(signature="s", fee_lamports=5_000, balance_changes=(), details={"sol": "1"})])
    agent = DeterministicAgent({"step_1": [BalancesIntent()]})
    assert await agent.run_step(request_for(), tools) == Completed()


async def test_a_reading_that_is_refused_leaves_no_answer(planned_tools, request_for):
    tools = planned_tools([Observed(data=BALANCE), Refused(code="no_market", message="there is no market")])
    agent = DeterministicAgent({"step_1": [BalancesIntent(), PositionsIntent()]})
    assert await agent.run_step(request_for(), tools) == GaveUp(code="no_market", reason="there is no market")
