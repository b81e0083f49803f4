"""The ground truth of plans, checked against what the sentence says."""

import json

import pytest

from reev_runner.dynamic import DynamicOptions, plan_source
from reev_runner.dynamic._truth import ground_truth
from reev_types.benchmarks import DynamicFlow
from reev_types.tokens import find_token, symbol_of

SOMEBODY = "9aE476sH92Vz7DMPyq5WLPkrKWivxeuTKEFKd2sZZcde"
QUOTED = 14_993_992  # USDC for 0.1 SOL on the default market
LEAST = 14_919_022  # that less 50 basis points


@pytest.fixture
def truth(planned):
    """Return what must hold after each step: (step, what, whose, token, from, to)."""

    def truth(prompt, wallet=None, **dynamic):
        said = ground_truth(planned(prompt, wallet, **dynamic).plan)["final_state_assertions"]
        return [row(assertion) for assertion in said]

    return truth


def row(said):
    bounds = (said.get("expected_change_gte"), said.get("expected_change_lte"))
    if "expected" in said:
        bounds = (said["expected"],)
    if "expected_lte" in said:
        bounds = ("at most", said["expected_lte"])
    mint = said.get("mint")
    return (said.get("after_step"), said["type"], said["pubkey"][:4], symbol_of(mint) if mint else "SOL", bounds)


def test_an_exact_swap_spends_exactly_that_and_brings_the_quote_less_the_slippage(truth):
    sol, usdc = truth("swap 0.1 SOL to USDC")
    assert sol == (None, "SolBalanceChange", "USER", "SOL", (-100_405_000, -100_000_000))
    assert usdc == (None, "TokenAccountBalanceChange", "USER", "USDC", (LEAST, None))


def test_an_exact_purchase_brings_at_least_that_for_the_quote_and_the_slippage(truth):
    sol, usdc = truth("buy 50 USDC with SOL")
    assert usdc[-1] == (50_000_000, None)
    least, most = sol[-1]
    assert most == -1
    assert -337_000_000 < least < -334_000_000


@pytest.mark.parametrize(("cap_bps", "least"), [(0, QUOTED), (50, LEAST), (1_000, QUOTED * 9 // 10)])
def test_what_a_swap_must_bring_follows_the_cap_on_slippage(truth, cap_bps, least):
    assert truth("swap 0.1 SOL to USDC", max_slippage_bps=cap_bps)[1][-1] == (least, None)


def test_what_a_purchase_may_cost_follows_the_cap_on_slippage(truth):
    costs = [-truth("buy 50 USDC with SOL", max_slippage_bps=bps)[0][-1][0] for bps in (0, 1_000)]
    assert 32_000_000 < costs[1] - costs[0] < 34_000_000


def test_what_is_lent_on_is_gone_and_lies_in_the_vault(truth):
    *_, usdc, shares, lent = truth("swap 0.1 SOL to USDC then lend it")
    assert usdc == (None, "TokenAccountBalance", "USER", "USDC", (5_000_000_000,))
    assert shares[3:] == ("jlUSDC", (1, None))
    assert lent == (None, "JupiterLendingPosition", "USER", "USDC", (LEAST - 4, None))


def test_every_step_but_the_last_is_looked_at_when_it_is_over(truth):
    assert [step for step, *_ in truth("swap 0.1 SOL to USDC then lend it")] == [1, 1, None, None, None]


def test_a_transfer_takes_from_one_what_it_gives_to_another(truth):
    assert truth(f"send 20 USDC to {SOMEBODY}") == [
        (None, "TokenAccountBalance", "USER", "USDC", (4_980_000_000,)),
        (None, "TokenAccountBalanceChange", "9aE4", "USDC", (20_000_000, 20_000_000)),
    ]


def test_a_share_of_the_sol_may_drift_by_what_fees_take(truth):
    mine, theirs = truth(f"send half of my SOL to {SOMEBODY}")
    low, high = theirs[-1]
    assert (low + high) // 2 == 2_500_000_000
    assert 0 < high - low < 2_000_000
    assert mine[-1][0] < -2_500_000_000 < mine[-1][1]


def test_an_exact_amount_of_sol_reaches_the_recipient_to_the_lamport(truth):
    assert truth(f"send 0.5 SOL to {SOMEBODY}")[1][-1] == (500_000_000, 500_000_000)


def test_all_of_a_token_leaves_nothing_of_it(truth):
    assert truth("swap all my USDT to USDC")[0] == (None, "TokenAccountBalance", "USER", "USDT", (0,))


def test_two_gifts_to_one_recipient_add_up(truth):
    last = truth(f"send 1 USDC to {SOMEBODY} and send 2 USDC to {SOMEBODY}")[-1]
    assert last[-1] == (3_000_000, 3_000_000)


def test_a_question_must_change_nothing(truth):
    assert truth("show my balances") == [(None, "SolBalanceChange", "USER", "SOL", (-200_000, 0))]


def test_withdrawing_everything_leaves_no_position(truth):
    *_, lent, shares, usdc = truth("lend 100 USDC, then withdraw all my USDC from Jupiter")
    assert lent[1:] == ("JupiterLendingPosition", "USER", "USDC", ("at most", 4))
    assert shares[3] == "jlUSDC"
    assert usdc[3] == "USDC"


def test_a_price_promises_nothing(planned):
    plan = planned("swap 0.1 SOL to USDC").plan
    estimate = plan.metadata["estimates"]["swap_1"] | {"source": "prices"}
    priced = plan.model_copy(update={"metadata": plan.metadata | {"estimates": {"swap_1": estimate}}})
    assert row(ground_truth(priced)["final_state_assertions"][1])[-1] == (1, None)


@pytest.fixture
def lender(tmp_path):
    """A context file of a wallet that has lent USDC."""
    usdc, shares = find_token("USDC").mint, find_token("jlUSDC").mint
    held = {usdc: {"mint": usdc, "balance": 10**9}, shares: {"mint": shares, "balance": 5 * 10**8}}
    path = tmp_path / "lender.json"
    path.write_text(json.dumps({"owner": SOMEBODY, "sol_balance": 10**9, "token_balances": held}))
    return path


@pytest.fixture
def lent_truth(lender, chosen, options):
    def lent_truth(prompt):
        source = DynamicFlow(prompt=prompt, wallet=SOMEBODY)
        flow = plan_source(source, options, DynamicOptions(), chosen(context=lender))
        return {(said[1], said[3]): said[-1] for said in map(row, ground_truth(flow.plan)["final_state_assertions"])}

    return lent_truth


POSITION = ("JupiterLendingPosition", "USDC")
CHANGE = "TokenAccountBalanceChange"
BALANCE = "TokenAccountBalance"


def test_an_exact_withdrawal_brings_that_and_takes_it_from_the_position(lent_truth):
    assert lent_truth("withdraw 100 USDC from Jupiter") == {
        POSITION: (-100_000_004, -99_999_996),
        (CHANGE, "jlUSDC"): (None, -1),
        (BALANCE, "USDC"): (1_100_000_000,),
    }


def test_everything_withdrawn_leaves_no_share(lent_truth):
    assert lent_truth("withdraw all my USDC from Jupiter") == {
        POSITION: ("at most", 4),
        (BALANCE, "jlUSDC"): (0,),
        (CHANGE, "USDC"): (1, None),
    }


def test_half_a_position_is_half_its_shares(lent_truth):
    said = lent_truth("withdraw half of my USDC from Jupiter")
    assert said[BALANCE, "jlUSDC"] == (250_000_000,)
    assert said[CHANGE, "USDC"] == (1, None)


def test_shares_redeemed_bring_at_least_as_many_units_but_for_rounding(lent_truth):
    assert lent_truth("redeem 100 jlUSDC") == {
        POSITION: (None, -1),
        (BALANCE, "jlUSDC"): (400_000_000,),
        (CHANGE, "USDC"): (99_999_996, None),
    }


def test_all_shares_redeemed_leave_no_position(lent_truth):
    said = lent_truth("redeem all my jlUSDC")
    assert (said[POSITION], said[BALANCE, "jlUSDC"]) == (("at most", 4), (0,))


def test_all_shares_but_some_redeemed_leave_those_and_a_position(lent_truth):
    said = lent_truth("redeem all my jlUSDC except 10")
    assert (said[POSITION], said[BALANCE, "jlUSDC"]) == ((None, -1), (10_000_000,))


def test_half_of_what_a_swap_brings_leaves_the_other_half(truth):
    said = truth("swap 0.1 SOL to USDC then lend half of it")
    assert (None, "TokenAccountBalanceChange", "USER", "USDC", (LEAST // 2, None)) in said


def test_shares_minted_are_there_and_cost_at_least_a_unit_each(lent_truth):
    assert lent_truth("mint 100 jlUSDC") == {
        (CHANGE, "USDC"): (None, -100_000_000),
        (CHANGE, "jlUSDC"): (100_000_000, None),
        POSITION: (99_999_996, None),
    }


def test_all_of_the_sol_that_is_there_later_leaves_the_reserve(truth):
    sol = truth("swap 100 USDC to SOL, then swap all my SOL to USDT", "demo:balanced")[2]
    least, most = sol[-1]
    assert most == 10_000_000 - 5_000_000_000
    assert least < most


def test_a_part_of_what_is_there_later_is_a_part_of_its_bounds(truth):
    rows = truth("swap 0.1 SOL to USDC, then lend half of my USDC")
    assert rows[2][3:] == ("USDC", (-2_500_000_000 + LEAST // 2, None))
    assert rows[4][1:] == ("JupiterLendingPosition", "USER", "USDC", (2_500_000_000 + LEAST // 2 - 4, None))


def test_amounts_that_nobody_resolved_are_at_least_something(planned):
    plan = planned("swap 0.1 SOL to USDC").plan
    unresolved = plan.model_copy(update={"steps": (plan.steps[0].model_copy(update={"resolved_amount": None}),)})
    said = ground_truth(unresolved)["final_state_assertions"]
    assert row(said[0])[-1] == (None, -1)


def test_asking_for_positions_changes_nothing(truth):
    assert [said[1] for said in truth("show my positions")] == ["SolBalanceChange"]


def test_what_nobody_can_bound_is_not_asserted(truth):
    rows = truth("withdraw half my USDC from jupiter then lend all my USDC")
    assert [row[3] for row in rows if row[0] == 1] == ["USDC", "jlUSDC", "USDC"]
    assert [row[1:] for row in rows if row[0] is None] == [("TokenAccountBalance", "USER", "USDC", (0,))]


def test_an_amount_that_a_plan_left_open_is_at_least_one_unit(planned):
    plan = planned("swap 0.1 SOL to USDC").plan
    opened = [step.model_copy(update={"resolved_amount": None}) for step in plan.steps]
    sol, _ = ground_truth(plan.model_copy(update={"steps": tuple(opened)}))["final_state_assertions"]
    assert (sol.get("expected_change_gte"), sol["expected_change_lte"]) == (None, -1)
