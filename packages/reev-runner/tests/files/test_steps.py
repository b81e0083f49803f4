from collections.abc import Callable
from typing import Any

import pytest

from reev_types.amounts import ExactAmount
from reev_types.benchmarks import TestCase, TestStep
from reev_types.intents import SwapIntent, TransferIntent
from reev_types.tokens import SOL_MINT

Compile = Callable[..., TestCase]
Refuse = Callable[..., Any]

FLOW = """\
flow:
  - {step: 1, description: Swap, prompt: a, critical: true, timeout: 30}
  - {step: 3, prompt: b, depends_on: [step_1_result], timeout: 0.5}
  - {step: 2, prompt: c, depends_on: [step_1, step_3_result, step_1_result]}
"""


def test_a_file_without_a_flow_is_one_critical_step(compiled: Compile):
    assert compiled(prompt="Do it.").steps == (TestStep(step_id="step_1", prompt="Do it.", critical=True),)


def test_steps_keep_the_order_of_the_file_and_the_numbers_they_have(compiled: Compile):
    assert compiled(top=FLOW).steps == (
        TestStep(step_id="step_1", description="Swap", prompt="a", critical=True, timeout_s=30),
        TestStep(step_id="step_3", prompt="b", timeout_s=0.5, depends_on=("step_1",)),
        TestStep(step_id="step_2", prompt="c", depends_on=("step_1", "step_3")),
    )


@pytest.mark.parametrize("name", ["step_2", "step_2_result", "step_3", "swap", "step_1_result_result"])
def test_a_step_depends_on_earlier_steps_only(refused: Refuse, name: str):
    error = refused(top=f"flow: [{{step: 1, prompt: a}}, {{step: 2, prompt: b, depends_on: [step_1, {name}]}}]")
    assert error.code == "unknown_step"
    assert error.at.startswith(f"{name}]")
    assert error.suggestions == ("earlier steps: step_1",)


def test_the_first_step_depends_on_nothing(refused: Refuse):
    error = refused(top="flow: [{step: 1, prompt: a, depends_on: [step_1]}]")
    assert (error.code, error.suggestions) == ("unknown_step", ())


def test_two_steps_of_one_number_are_refused(refused: Refuse):
    error = refused(top="flow: [{step: 1, prompt: a}, {step: 1, prompt: b}]")
    assert error.code == "duplicate_step"
    assert error.at == "1, prompt: b}]"


NAMED = """\
flow:
  - {step: 1, id: swap_1, prompt: a}
  - {step: 2, id: lend_2, prompt: b, depends_on: [swap_1]}
  - {step: 3, prompt: c, depends_on: [lend_2_result]}
"""


def test_a_step_can_have_a_name_of_its_own(compiled: Compile):
    steps = compiled(top=NAMED).steps
    assert [(step.step_id, step.depends_on) for step in steps] == [
        ("swap_1", ()),
        ("lend_2", ("swap_1",)),
        ("step_3", ("lend_2",)),
    ]


def test_an_assertion_after_a_named_step_finds_it_by_its_number(compiled: Compile):
    after = "    - {type: SolBalance, pubkey: USER_WALLET_PUBKEY, expected: 5, after_step: 2}"
    assert compiled(top=NAMED, assertions=after).ground_truth.assertions[0].after_step == "lend_2"


@pytest.mark.parametrize(
    "flow",
    [
        "flow: [{step: 1, id: a, prompt: x}, {step: 2, id: a, prompt: y}]",
        "flow: [{step: 1, prompt: x}, {step: 2, id: step_1, prompt: y}]",
        "flow: [{step: 1, id: a, prompt: x}, {step: 1, id: b, prompt: y}]",
    ],
)
def test_two_steps_of_one_name_or_number_are_refused(refused: Refuse, flow: str):
    assert refused(top=flow).code == "duplicate_step"


def test_required_tools_are_kept_under_their_first_names(compiled: Compile):
    step = "{step: 1, prompt: a, required_tools: [sol_tool, spl_transfer, sol_transfer]}"
    assert compiled(top=f"flow: [{step}]").steps[0].required_tools == ("sol_transfer", "spl_transfer")


def test_a_required_tool_that_nobody_has_is_refused(refused: Refuse):
    error = refused(top="flow: [{step: 1, prompt: a, required_tools: [spl_transfer, spl_transfr]}]")
    assert (error.code, error.suggestions) == ("unknown_tool", ("did you mean spl_transfer?",))
    assert error.at.startswith("spl_transfr]")


def asking(intent: str) -> str:
    return f"flow: [{{step: 1, prompt: a}}, {{step: 2, prompt: b, intent: {intent}}}]"


def test_a_step_can_say_what_it_asks_for_in_typed_form(compiled: Compile, known: Any):
    intent = (
        f"{{kind: swap, input_mint: {SOL_MINT}, output_mint: {known.usdc}, "
        "amount: {kind: exact, raw: 5}, slippage_bps: 80}"
    )
    first, second = compiled(top=asking(intent)).steps
    assert first.intent is None
    assert second.intent == SwapIntent(
        input_mint=SOL_MINT, output_mint=known.usdc, amount=ExactAmount(raw=5), slippage_bps=80
    )


def test_the_intent_of_a_step_is_about_accounts_and_steps_of_the_file(compiled: Compile, known: Any):
    intent = (
        f"{{kind: transfer, mint: {known.usdc}, recipient: RECIPIENT_USDC_ATA, "
        "amount: {kind: from_step, step_id: step_1}}"
    )
    asked = compiled(top=asking(intent)).steps[1].intent
    assert isinstance(asked, TransferIntent)
    assert asked.recipient == "RECIPIENT_WALLET_PUBKEY"


@pytest.mark.parametrize(
    ("intent", "code", "at"),
    [
        ("{kind: swop}", "unknown_type", "swop}"),
        ("{kind: refuse}", "missing_key", "{kind: refuse}"),
        ("{kind: lend_deposit, mint: USDC, amount: {kind: all}}", "unknown_token", "USDC, "),
        (
            f"{{kind: transfer, mint: {SOL_MINT}, recipient: BOB, amount: {{kind: all}}}}",
            "undefined_placeholder",
            "BOB",
        ),
        (
            f"{{kind: lend_deposit, mint: {SOL_MINT}, amount: {{kind: from_step, step_id: step_2}}}}",
            "unknown_step",
            "step_2}",
        ),
    ],
)
def test_an_intent_that_means_nothing_is_refused_at_its_place(refused: Refuse, intent: str, code: str, at: str):
    error = refused(top=asking(intent))
    assert error.code == code
    assert error.at.startswith(at)


def test_an_intent_changes_the_hash(compiled: Compile):
    plain, asked = "flow: [{step: 1, prompt: a}]", "flow: [{step: 1, prompt: a, intent: {kind: balances}}]"
    assert compiled(top=plain).content_hash != compiled(top=asked).content_hash
