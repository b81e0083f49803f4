from collections.abc import Callable
from typing import Any

import pytest

from reev_types.benchmarks import TestCase
from reev_types.faults import JupiterOutage, LostReply, PriceMove, RateLimited, VaultWithoutLiquidity

Compile = Callable[..., TestCase]
Refuse = Callable[..., Any]

USDC = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"
BONK = "DezXAZ8z7PnrnRJjz3wXBoRgixCa6xjnB7YaB1pPB263"

FLOW = "flow: [{step: 1, id: swap_1, prompt: a}, {step: 2, prompt: b}]\n"
FAULTS = f"""\
faults:
  - {{kind: lost_reply, step: swap_1}}
  - {{kind: price_move, bps: 200, attempts: [1, 2], step: step_2}}
  - {{kind: rate_limited, retry_after_s: 4}}
  - {{kind: jupiter_outage, attempts: [], from_s: 5, until_s: 9}}
  - {{kind: vault_without_liquidity, mint: {USDC}}}
"""


def test_the_faults_of_a_file_reach_the_test_case(compiled: Compile):
    assert compiled(top=FLOW + FAULTS).faults == (
        LostReply(step="swap_1"),
        PriceMove(bps=200, attempts=(1, 2), step="step_2"),
        RateLimited(retry_after_s=4),
        JupiterOutage(attempts=(), from_s=5, until_s=9),
        VaultWithoutLiquidity(mint=USDC),
    )


@pytest.mark.parametrize(
    ("step", "hint"), [("swap_l", "did you mean swap_1?"), ("lend", "the steps are swap_1, step_2")]
)
def test_a_fault_of_a_step_that_does_not_exist_is_refused(refused: Refuse, step: str, hint: str):
    error = refused(top=f"{FLOW}faults: [{{kind: garbage}}, {{kind: lost_reply, step: {step}}}]")
    assert (error.code, error.at, error.suggestions) == ("unknown_step", f"{step}}}]", (hint,))
    assert error.message == f"faults.1.step: expected a step of the flow, found {step!r}"


def test_a_file_without_a_flow_has_one_step_to_break(compiled: Compile):
    assert compiled(top="faults: [{kind: garbage, step: step_1}]").faults[0].step == "step_1"


@pytest.mark.parametrize("until_s", [3, 5])
def test_a_window_that_is_over_before_it_begins_is_refused(refused: Refuse, until_s: int):
    error = refused(top=f"faults: [{{kind: garbage, from_s: 5, until_s: {until_s}}}]")
    assert (error.code, error.at) == ("empty_window", f"{until_s}}}]")
    assert error.message.endswith(f"expected a time after 5 s, when the fault begins, found {until_s}")


def test_a_vault_that_the_market_does_not_have_is_answered_with_those_it_has(refused: Refuse):
    error = refused(top=f"faults: [{{kind: vault_without_liquidity, mint: {BONK}}}]")
    assert (error.code, error.at) == ("unknown_vault", f"{BONK}}}]")
    assert error.message == "faults.0.mint: the market default has no vault for BONK"
    assert f"USDC ({USDC})" in error.suggestions[0]


def test_a_vault_is_named_by_the_mint_of_its_asset(refused: Refuse):
    error = refused(top="faults: [{kind: vault_without_liquidity, mint: USDC}]")
    assert (error.code, error.suggestions) == ("unknown_token", (f"write the mint of USDC: {USDC}",))


@pytest.mark.parametrize(
    ("fault", "code", "at"),
    [
        ("{kind: lost_replies}", "unknown_type", "lost_replies}"),
        ("{step: step_1}", "missing_key", "{step: step_1}"),
        ("{kind: garbage, steps: a}", "unknown_key", "steps: a}"),
        ("{kind: delay}", "missing_key", "{kind: delay}"),
        ("{kind: delay, seconds: 0}", "out_of_range", "0}"),
        ("{kind: garbage, attempts: [0]}", "out_of_range", "0]}"),
        ("{kind: garbage, attempts: 1}", "wrong_type", "1}"),
        ("{kind: price_move, bps: 5001}", "out_of_range", "5001}"),
    ],
)
def test_a_malformed_fault_is_refused_at_its_place(refused: Refuse, fault: str, code: str, at: str):
    error = refused(top=f"faults: [{fault}]")
    assert (error.code, error.at) == (code, f"{at}]")
