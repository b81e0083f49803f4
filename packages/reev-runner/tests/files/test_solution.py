from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from reev_types.amounts import ExactAmount, StepAmount
from reev_types.benchmarks import ExpectedAccount, ExpectedInstruction, TestCase
from reev_types.intents import LendDepositIntent, RefuseIntent, SwapIntent, TransferIntent

Compile = Callable[..., TestCase]
Refuse = Callable[..., Any]

SOL = "So11111111111111111111111111111111111111112"
USDC = "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"
TOKEN = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"
STRANGER = "J1toso1uCk3RLmjorhTtrVwY9HJ7X8V9yYac6Y7kGCPn"
FLOW = "flow: [{step: 1, prompt: a}, {step: 2, prompt: b}]\n"
SWAP = f"{{kind: swap, input_mint: {SOL}, output_mint: {USDC}, amount: {{kind: exact, raw: 5}}}}"
DEPOSIT = f"{{kind: lend_deposit, mint: {USDC}, amount: {{kind: from_step, step_id: step_1}}}}"


def transfer(recipient: str, mint: str = USDC) -> str:
    return f"{{kind: transfer, mint: {mint}, recipient: {recipient}, amount: {{kind: exact, raw: 5}}}}"


def test_a_file_without_a_reference_has_none(compiled: Compile):
    assert compiled().reference is None


def test_a_reference_is_a_list_of_intents_for_each_step(compiled: Compile):
    first, second = compiled(top=f"{FLOW}reference: [[{SWAP}], [{DEPOSIT}]]").reference or ((), ())
    assert first == (SwapIntent(input_mint=SOL, output_mint=USDC, amount=ExactAmount(raw=5)),)
    assert second == (LendDepositIntent(mint=USDC, amount=StepAmount(step_id="step_1")),)


@pytest.mark.parametrize("recipient", ["RECIPIENT_WALLET_PUBKEY", "USER_USDC_ATA", STRANGER])
def test_a_recipient_is_a_name_or_an_address(compiled: Compile, recipient: str):
    reference = compiled(top=f"reference: [[{transfer(recipient)}]]").reference
    assert reference == ((TransferIntent(mint=USDC, recipient=recipient, amount=ExactAmount(raw=5)),),)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("USER_OLD_USDC_ATA", "USER_USDC_ATA"),
        ("SENDER_ATA_PLACEHOLDER", "USER_USDC_ATA"),
        ("RECIPIENT_USDC_ATA", "RECIPIENT_WALLET_PUBKEY"),
        ("RECIPIENT_ATA_PLACEHOLDER", "RECIPIENT_WALLET_PUBKEY"),
    ],
)
def test_an_undeclared_associated_account_as_recipient_is_the_declared_one_or_its_owner(
    compiled: Compile, name: str, meant: str
):
    ((intent,),) = compiled(top=f"reference: [[{transfer(name)}]]").reference or ()
    assert isinstance(intent, TransferIntent)
    assert intent.recipient == meant


@pytest.mark.parametrize("mint", [SOL, "Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB"])
def test_an_undeclared_account_of_another_mint_is_no_recipient(refused: Refuse, mint: str):
    assert refused(top=f"reference: [[{transfer('RECIPIENT_USDC_ATA', mint)}]]").code == "undefined_placeholder"


def test_refusing_can_be_the_solution(compiled: Compile):
    reference = compiled(top="reference: [[{kind: refuse, code: unsafe_request}]]").reference
    assert reference == ((RefuseIntent(code="unsafe_request"),),)


def test_a_refusal_may_end_a_step_but_nothing_may_follow_it(compiled: Compile, refused: Refuse):
    refuse = "{kind: refuse, code: unsafe_request}"
    assert compiled(top=f"reference: [[{{kind: balances}}, {refuse}]]").reference is not None
    error = refused(top=f"reference: [[{refuse}, {transfer('USER_USDC_ATA')}]]")
    assert error.code == "intent_after_refusal"
    assert error.at.startswith("{kind: transfer")


def test_an_intent_may_use_what_an_earlier_one_of_its_step_brought(compiled: Compile):
    own = DEPOSIT.replace("step_1", "step_1.1")
    ((_, deposit),) = compiled(top=f"reference: [[{SWAP}, {own}]]").reference or ((),)
    assert deposit.amount.step_id == "step_1.1"


@pytest.mark.parametrize(
    ("top", "code", "at"),
    [
        (f"reference: [[{transfer('NOBODY')}]]", "undefined_placeholder", "NOBODY"),
        (f"reference: [[{transfer('USER_USDC_ATA', TOKEN)}]]", "unknown_token", TOKEN),
        (f"reference: [[{transfer('USER_USDC_ATA', 'USDC')}]]", "unknown_token", "USDC,"),
        ("reference: []", "reference_count", "[]"),
        ("reference: [[{kind: balances}], [{kind: balances}]]", "reference_count", "[[{kind"),
        ("reference: [[]]", "empty_reference", "[]]"),
        (f"reference: [[{SWAP}, {DEPOSIT}]]", "unknown_step", "step_1}"),
        (f"{FLOW}reference: [[{DEPOSIT}], [{SWAP}]]", "unknown_step", "step_1}"),
        (f"reference: [[{DEPOSIT.replace('step_1', 'step_1.1')}]]", "unknown_step", "step_1.1}"),
        (f"{FLOW}reference: [[{SWAP}]]", "reference_count", "[[{kind"),
    ],
)
def test_a_reference_that_cannot_be_carried_out_is_refused(refused: Refuse, top: str, code: str, at: str):
    error = refused(top=top)
    assert error.code == code
    assert error.at.startswith(at)


def test_a_symbol_instead_of_a_mint_gets_the_mint_as_a_hint(refused: Refuse):
    error = refused(top=f"reference: [[{transfer('USER_USDC_ATA', 'usdc')}]]")
    assert error.suggestions == (f"write the mint of USDC: {USDC}",)
    error = refused(top=f"reference: [[{transfer('USER_USDC_ATA', 'BONNK')}]]")
    assert error.suggestions == ("did you mean BONK?",)


INSTRUCTION = "  expected_instructions:\n    - {{program_id: {}, accounts: [{}]{}}}"
ACCOUNT = "{pubkey: USER_USDC_ATA, is_signer: false, is_writable: true, weight: 0.25}"


def expected(compiled: Compile, accounts: str = "", rest: str = "") -> ExpectedInstruction:
    return compiled(truth=INSTRUCTION.format(TOKEN, accounts, rest)).ground_truth.expected_instructions[0]


def test_an_instruction_keeps_program_accounts_and_weights(compiled: Compile):
    instruction = expected(compiled, ACCOUNT, ", program_id_weight: 0.5")
    account = ExpectedAccount(pubkey="USER_USDC_ATA", is_signer=False, is_writable=True, weight=Decimal("0.25"))
    assert instruction == ExpectedInstruction(
        program_id=TOKEN, program_id_weight=Decimal("0.5"), accounts=(account,), data=None, data_weight=None
    )


def test_an_undeclared_name_of_a_declared_token_account_is_that_account(compiled: Compile, refused: Refuse):
    instruction = expected(compiled, ACCOUNT.replace("USER_USDC_ATA", "USER_USDC_ATA_PLACEHOLDER"))
    assert instruction.accounts[0].pubkey == "USER_USDC_ATA"
    nobodys = ACCOUNT.replace("USER_USDC_ATA", "RECIPIENT_USDC_ATA")
    assert refused(truth=INSTRUCTION.format(TOKEN, nobodys, "")).code == "undefined_placeholder"


def test_data_with_a_weight_is_scored(compiled: Compile):
    instruction = expected(compiled, rest=', data: "3QDJ9TwUE2Dm", data_weight: 0.5')
    assert instruction.data == bytes([3]) + (5_000_000).to_bytes(8, "little")
    assert instruction.data_weight == Decimal("0.5")


@pytest.mark.parametrize("rest", ["", ', data: "..."', ', data: "...", data_weight: 1', ', data: "3QDJ9TwUE2Dm"'])
def test_data_without_a_weight_or_left_open_is_not_scored(compiled: Compile, rest: str):
    instruction = expected(compiled, rest=rest)
    assert (instruction.data, instruction.data_weight) == (None, None)


@pytest.mark.parametrize(
    ("accounts", "rest", "code", "at"),
    [
        (ACCOUNT.replace("USER_USDC_ATA", "USER_USDC_ATTA"), "", "undefined_placeholder", "USER_USDC_ATTA"),
        (ACCOUNT.replace("0.25", "-1"), "", "negative_weight", "-1}"),
        ("", ", program_id_weight: -1", "negative_weight", "-1}"),
        ("", ", data: abc, data_weight: -1", "negative_weight", "-1}"),
        ("", ", data: a0c, data_weight: 1", "not_base58", "a0c"),
    ],
)
def test_an_instruction_that_nobody_can_build_is_refused(refused: Refuse, accounts: str, rest: str, code: str, at: str):
    error = refused(truth=INSTRUCTION.format(TOKEN, accounts, rest))
    assert error.code == code
    assert error.at.startswith(at)
