"""What holds for all models: frozen, closed, and the same after a journey through JSON."""

from decimal import Decimal

import pytest
from pydantic import TypeAdapter, ValidationError

import reev_types
from reev_types.agents import Completed, RefusedByAgent
from reev_types.assertions import Assertion, SolBalance
from reev_types.atomicity import AtomicMode
from reev_types.chain import Instruction, TransactionFailure, TransactionOutcome, TransferFee
from reev_types.contexts import FlowState, PromptContext, WalletContext
from reev_types.events import StepEnded, read_event
from reev_types.intents import Intent, RefuseIntent, TransferIntent, moves_funds
from reev_types.recovery import RecoveryConfig
from reev_types.results import Outflow, StepResult

USDC = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"


def test_the_package_offers_what_it_lists():
    assert all(hasattr(reev_types, name) for name in reev_types.__all__)


def test_a_model_cannot_be_changed():
    with pytest.raises(ValidationError):
        Completed().answer = "other"


def test_a_model_refuses_fields_that_it_does_not_know():
    with pytest.raises(ValidationError):
        Completed.model_validate({"answer": "x", "anwser": "y"})


def test_an_intent_is_told_by_its_kind():
    document = {"kind": "transfer", "mint": USDC, "recipient": "BOB", "amount": {"kind": "all", "keep_raw": 0}}
    intent = TypeAdapter(Intent).validate_python(document)
    assert isinstance(intent, TransferIntent)
    assert intent.to_json() == document


@pytest.mark.parametrize("recipient", ["", "a b", "../../etc", "x" * 65, "ａ"])
def test_an_account_name_is_a_plain_word(recipient):
    document = {"kind": "transfer", "mint": USDC, "recipient": recipient, "amount": {"kind": "all"}}
    with pytest.raises(ValidationError):
        TypeAdapter(Intent).validate_python(document)


def test_only_intents_with_a_transaction_move_funds():
    assert not moves_funds(RefuseIntent(code="unsupported"))


def test_an_assertion_without_a_bound_says_nothing_and_is_refused():
    with pytest.raises(ValidationError, match="at least one bound"):
        TypeAdapter(Assertion).validate_python({"type": "SolBalance", "pubkey": "A"})


def test_an_assertion_may_only_ask_for_a_change():
    assert SolBalance(pubkey="A", expected_change_not_zero=True).weight == 1


def test_instruction_data_is_base58_in_json():
    instruction = Instruction(program_id="1" * 32, accounts=(), data=b"\x02\x00")
    assert instruction.to_json()["data"] == "9q"
    assert Instruction.model_validate(instruction.to_json()) == instruction


def test_an_event_reads_back_from_its_line():
    event = StepEnded(
        seq=4, step_id="step_1", critical=True, status="failed", outcome=RefusedByAgent(code="unsupported")
    )
    assert read_event(event.model_dump_json()) == event


def test_a_step_is_a_success_only_when_it_succeeded():
    assert StepResult(step_id="a", critical=True, status="succeeded").success
    assert not StepResult(step_id="a", critical=True, status="skipped").success


def test_an_outflow_without_a_reference_is_not_judged():
    assert not Outflow(mint=USDC, spent_raw=5, allowed_raw=None).excessive
    assert Outflow(mint=USDC, spent_raw=5, allowed_raw=4).excessive


def test_a_transfer_fee_is_rounded_up_and_capped():
    fee = TransferFee(basis_points=100, maximum_raw=5_000)
    assert [fee.of(raw) for raw in (0, 1, 100, 101, 10**9)] == [0, 1, 1, 2, 5_000]


def test_recovery_beyond_retries_is_off_by_default():
    config = RecoveryConfig()
    assert (config.backoff_multiplier, config.enable_alternative_flows) == (Decimal(2), False)


def test_a_prompt_context_survives_json():
    context = PromptContext(
        wallet_context=WalletContext(owner="1" * 32, sol_balance=5, token_prices={USDC: Decimal("0.9998")}),
        flow_state=FlowState(current_step_index=0, total_steps=1, atomic_mode=AtomicMode.STRICT),
        generated_at=0,
    )
    assert PromptContext.model_validate_json(context.model_dump_json()) == context


@pytest.mark.parametrize(
    ("landed", "failure", "succeeded"),
    [
        (True, None, True),
        (True, TransactionFailure(code="rent", message=""), False),
        (False, TransactionFailure(code="too_large", message=""), False),
    ],
)
def test_a_transaction_succeeded_only_when_it_landed_without_failing(landed, failure, succeeded):
    assert TransactionOutcome(signature="s", slot=0, landed=landed, failure=failure).succeeded is succeeded
