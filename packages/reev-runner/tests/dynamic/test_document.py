import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reev_orchestrator.language import parse
from reev_orchestrator.mocks import generated_wallet
from reev_orchestrator.planning import plan as planned_on
from reev_runner.dynamic import document_of
from reev_runner.dynamic._cases import direct_case
from reev_runner.dynamic._document import left_out
from reev_runner.files import benchmark_schema
from reev_runner.suite import renderer
from reev_types.tokens import TOKENS

SOMEBODY = "9aE476sH92Vz7DMPyq5WLPkrKWivxeuTKEFKd2sZZcde"


def test_a_plan_is_a_benchmark_by_the_schema(document):
    jsonschema.validate(document(f"swap 0.1 SOL to USDC, lend it, send 5 USDT to {SOMEBODY}"), benchmark_schema())


def test_the_user_is_a_mirror_of_the_wallet_with_everything_it_holds(planned, document):
    plan = planned("swap 0.1 SOL to USDC").plan
    said = document("swap 0.1 SOL to USDC")
    assert said["wallet"] == plan.context.owner
    wallet, *tokens = said["initial_state"]
    assert (wallet["pubkey"], wallet["lamports"]) == ("USER_WALLET_PUBKEY", 5_000_000_000)
    held = {item["data"]["mint"]: item["data"]["amount"] for item in tokens}
    assert held == {mint: token.balance for mint, token in plan.context.token_balances.items()}


def test_a_recipient_exists_and_has_nothing_else(document):
    recipient = document(f"send 1 SOL to {SOMEBODY}")["initial_state"][1]
    assert recipient == {"pubkey": SOMEBODY, "owner": "1" * 32, "lamports": 890_880}


def test_an_account_of_the_market_is_left_as_it_is(document, sandbox):
    pool = sandbox.market.pools[0].address
    pubkeys = [item["pubkey"] for item in document(f"send 1 SOL to {pool}")["initial_state"]]
    assert pool not in pubkeys


def test_all_steps_are_there_with_their_ids_prompts_and_dependencies(document):
    said = document("swap 0.1 SOL to USDC then lend it then show my balances")
    assert [(step["step"], step["id"], step["critical"]) for step in said["flow"]] == [
        (1, "swap_1", True),
        (2, "lend_2", True),
        (3, "balances_3", True),
    ]
    assert said["flow"][1]["depends_on"] == ["swap_1"]
    assert "100000000 raw units" in said["flow"][0]["prompt"]


def test_the_reference_is_the_plans_intents(planned, document):
    plan = planned("swap 0.1 SOL to USDC then lend it").plan
    case = direct_case(document("swap 0.1 SOL to USDC then lend it"))
    assert case.reference == tuple((step.intent,) for step in plan.steps)
    assert case.atomic_mode == plan.atomic_mode


def test_dollars_are_the_raw_units_that_the_plan_counted(document):
    (swap,), *_ = document("swap $30 worth of SOL to USDC")["reference"]
    assert swap["amount"] == {"kind": "exact", "raw": 200_000_000}


def test_tokens_that_reev_does_not_know_are_told_of_and_left_out():
    context = generated_wallet(3, strange_tokens=2)
    plan = planned_on(parse("show my balances"), context, flow_id="dynamic-1")
    strange = {mint for mint in context.token_balances if mint not in {token.mint for token in TOKENS}}
    assert set(left_out(plan)) == strange
    assert not strange & {item.get("data", {}).get("mint") for item in document_of(plan, renderer())["initial_state"]}


def test_another_market_is_named(planned):
    flow = planned("swap 0.1 SOL to USDC", market="thin_liquidity")
    assert document_of(flow.plan, renderer(), "thin_liquidity")["market"] == "thin_liquidity"


@pytest.mark.parametrize("name", ["empty", "sol_only", "balanced", "defi_power", "small_holder"])
def test_every_mock_wallet_compiles(document, name):
    assert direct_case(document("show my balances", f"demo:{name}")).wallet is not None


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(0, 10_000))
def test_one_sentence_on_two_wallets_is_two_prompts_whose_numbers_are_the_wallets(seed):
    wallets = [generated_wallet(number) for number in (seed, seed + 1)]
    wallets = [wallet.model_copy(update={"sol_balance": wallet.sol_balance + 10**9}) for wallet in wallets]
    plans = [planned_on(parse("swap half of my SOL to USDC"), wallet, flow_id="dynamic-1") for wallet in wallets]
    prompts = [document_of(plan, renderer())["flow"][0]["prompt"] for plan in plans]
    for wallet, prompt in zip(wallets, prompts, strict=True):
        assert f"{wallet.sol_balance // 2} raw units" in prompt
    assert (prompts[0] == prompts[1]) == (wallets[0].sol_balance // 2 == wallets[1].sol_balance // 2)


def test_every_step_names_the_tools_that_it_cannot_do_without(document):
    steps = document("swap 0.1 SOL to USDC then lend it")["flow"]
    assert [step["required_tools"] for step in steps] == [["jupiter_swap"], ["jupiter_lend_earn_deposit"]]


def test_a_prompt_names_the_slippage_that_is_allowed(planned):
    (step,) = document_of(planned("swap 0.1 SOL to USDC", max_slippage_bps=20).plan, renderer())["flow"]
    assert "at most 20 basis points of slippage" in step["prompt"]


def test_the_reference_keeps_to_the_cap_on_slippage(planned):
    ((intent,),) = document_of(planned("swap 0.1 SOL to USDC", max_slippage_bps=20).plan, renderer())["reference"]
    assert intent["slippage_bps"] == 20
