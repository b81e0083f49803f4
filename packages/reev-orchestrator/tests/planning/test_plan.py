import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline_snapshot import snapshot

from reev_orchestrator.language import parse
from reev_orchestrator.planning import plan
from reev_orchestrator.planning._effects import effect_of
from reev_types import DynamicFlowPlan, WalletContext
from reev_types.intents import RefuseIntent

ALICE = "9aE476sH92Vz7DMPyq5WLPkrKWivxeuTKEFKd2sZZcde"


def test_a_plan_has_the_shape_of_the_contract(planned):
    shown = planned("swap 0.1 SOL to USDC and lend it").to_json()
    del shown["context"]
    assert shown == snapshot(
        {
            "flow_id": "flow",
            "user_prompt": "swap 0.1 SOL to USDC and lend it",
            "normalised_prompt": "swap 0.1 SOL to USDC, then lend the USDC from step 1 on Jupiter",
            "atomic_mode": "strict",
            "steps": [
                {
                    "step_id": "swap_1",
                    "description": "Swap 0.1 SOL to USDC",
                    "critical": True,
                    "intent": {
                        "kind": "swap",
                        "input_mint": "So11111111111111111111111111111111111111112",
                        "output_mint": "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",
                        "side": "in",
                        "amount": {"kind": "exact", "raw": 100000000},
                    },
                    "resolved_amount": 100000000,
                    "depends_on": [],
                    "required_tools": ["jupiter_swap"],
                    "prompt_template": "protocols/jupiter/swap",
                    "recovery_strategy": None,
                    "estimated_time_seconds": 30,
                },
                {
                    "step_id": "lend_2",
                    "description": "Lend the USDC from step 1 on Jupiter",
                    "critical": True,
                    "intent": {
                        "kind": "lend_deposit",
                        "mint": "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",
                        "amount": {"kind": "from_step", "step_id": "swap_1"},
                    },
                    "resolved_amount": None,
                    "depends_on": ["swap_1"],
                    "required_tools": ["jupiter_lend_earn_deposit"],
                    "prompt_template": "protocols/jupiter/lend",
                    "recovery_strategy": None,
                    "estimated_time_seconds": 45,
                },
            ],
            "goals": [],
            "assumptions": [],
            "warnings": [],
            "template": None,
            "metadata": {
                "lamports_due": 2049280,
                "estimates": {"swap_1": {"input_raw": 100000000, "output_raw": 15000000, "source": "prices"}},
            },
        }
    )


def test_a_plan_survives_its_json(planned):
    original = planned("use 50% sol to 1.5x usdc")
    assert DynamicFlowPlan.model_validate_json(original.model_dump_json()) == original


@pytest.mark.parametrize(
    ("text", "tools"),
    [
        (f"send 1 SOL to {ALICE}", ["sol_transfer"]),
        (f"send 1 USDC to {ALICE}", ["spl_transfer"]),
        ("withdraw 1 USDC", ["jupiter_lend_earn_withdraw"]),
        ("mint 1 jlUSDC, then redeem it", ["jupiter_lend_earn_mint", "jupiter_lend_earn_redeem"]),
        ("show my balances and show my positions", ["get_account_balance", "jupiter_earn"]),
    ],
)
def test_every_step_names_the_tool_that_carries_it_out(planned, text, tools):
    assert [tool for step in planned(text).steps for tool in step.required_tools] == tools


def test_corrections_are_shown_as_warnings(planned):
    assert planned("swpa 1 SOL to UDSC").warnings == ("'swpa' was read as swap", "'UDSC' was read as USDC")


def test_the_same_sentence_on_two_wallets_resolves_to_two_amounts(planned, wallet):
    text = "swap half of my SOL to USDC"
    assert planned(text, wallet(2_000_000_000)).steps[0].resolved_amount == 1_000_000_000
    assert planned(text, wallet(3_000_000_000)).steps[0].resolved_amount == 1_500_000_000


@given(st.integers(1, 10**17), st.integers(1, 99))
def test_a_percentage_resolves_to_the_share_rounded_down(balance, percent):
    usdc = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"
    context = WalletContext(
        owner=ALICE, sol_balance=10**10, token_balances={usdc: {"mint": usdc, "balance": balance * 100}}
    )
    (step,) = plan(parse(f"lend {percent}% of my USDC"), context, flow_id="flow").steps
    assert step.resolved_amount == balance * percent


def test_a_refusal_moves_nothing():
    effect = effect_of(RefuseIntent(code="unsupported"))
    assert (effect.tool, effect.spends, effect.brings) == ("refuse", None, None)
