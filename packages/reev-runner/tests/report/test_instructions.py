import pytest
from rich.tree import Tree

from reev_runner.report._instructions import add_transaction, instruction_line
from reev_runner.report._names import Names
from reev_runner.report._style import Detail
from reev_runner.report._trace import Transaction
from reev_types.chain import InnerInstruction, TransactionFailure, TransactionOutcome
from reev_types.events import InstructionView, TransactionSent
from reev_types.tokens import TOKEN_PROGRAM

WALLET = "LQVcTQajEfHFgC7dJeWJ6R3uBsqZrSdp9rTzv344p4A"
STRANGER = "J1toso1uCk3RLmjorhTtrVwY9HJ7X8V9yYac6Y7kGCpm"
TRANSFER = InstructionView(
    program="System",
    name="Transfer",
    arguments={"amount": "0.1 SOL", "lamports": "100000000"},
    accounts={"source": WALLET, "destination": STRANGER},
)
SENT = TransactionSent(step_id="s", call_id="c", signature="a" * 80, raw=b"", instructions=(TRANSFER,))


def lines(outcome, detail=Detail.FULL):
    tree = Tree("")
    add_transaction(tree, Transaction(SENT, outcome), Names(), detail)
    (node,) = tree.children
    return [node.label.plain, *(child.label.plain for child in node.children)]


def outcome(**facts):
    return TransactionOutcome(**{"signature": "a" * 80, "slot": 1, "landed": True, **facts})


def test_a_transfer_is_shown_from_whom_to_whom():
    assert instruction_line(TRANSFER, Names(), Detail.FULL).plain == "System Transfer  0.1 SOL  LQVc…4p4A → J1to…GCpm"


def test_verbose_shows_raw_arguments_too():
    assert "lamports=100000000" in instruction_line(TRANSFER, Names(), Detail.VERBOSE).plain


def test_an_instruction_without_source_shows_its_accounts_by_role():
    view = InstructionView(
        program="Associated Token", name="Create", accounts={"payer": WALLET, "token_program": STRANGER}
    )
    assert instruction_line(view, Names(), Detail.FULL).plain == (
        "Associated Token Create  payer LQVc…4p4A  token program J1to…GCpm"
    )


def test_an_unknown_instruction_shows_its_data():
    view = InstructionView(program=STRANGER, name="unknown", arguments={"data_hex": "00" * 500})
    text = instruction_line(view, Names(), Detail.FULL).plain
    assert "data_hex=0000" in text
    assert len(text) < 200


@pytest.mark.parametrize(
    ("facts", "fate"),
    [
        ({"fee_lamports": 5_000, "compute_units": 1_500}, "landed · fee 0.000005 SOL · 1,500 CU"),
        ({"failure": TransactionFailure(code="rent", message="m")}, "landed and failed · fee 0 SOL · 0 CU"),
        (
            {"failure": TransactionFailure(code="too_large", message="m"), "landed": False},
            "was rejected, nothing happened on chain · fee 0 SOL · 0 CU",
        ),
    ],
)
def test_a_transaction_tells_its_fate_and_price(facts, fate):
    assert lines(outcome(**facts))[0].partition("aaaa…aaaa ")[2] == fate


def test_a_transaction_whose_fate_is_unknown_says_so():
    assert "does not say what became of it" in lines(None)[0]


def test_a_failure_names_the_instruction_and_the_programs_own_error():
    failure = TransactionFailure(code="program_error", message="slippage", instruction_index=0, custom_code=6001)
    assert lines(outcome(failure=failure))[-1] == "why slippage (program_error 6001, instruction 1: System Transfer)"


def test_an_index_outside_the_transaction_is_left_out():
    failure = TransactionFailure(code="program_error", message="odd", instruction_index=9)
    assert lines(outcome(failure=failure))[-1] == "why odd (program_error)"


def test_only_the_last_log_lines_of_a_failure_are_shown():
    failure = TransactionFailure(code="rent", message="m")
    logs = [line for line in lines(outcome(failure=failure, logs=tuple("abcdefg"))) if line.startswith("log")]
    assert logs == ["log … 3 more with --verbose", "log d", "log e", "log f", "log g"]


def test_a_success_shows_its_logs_only_when_verbose():
    assert not [line for line in lines(outcome(logs=("a",))) if line.startswith("log")]
    assert "log a" in lines(outcome(logs=("a",)), Detail.VERBOSE)


def test_a_brief_transaction_names_its_instructions_on_its_own_line():
    assert lines(outcome(), Detail.BRIEF) == ["✓ transaction aaaa…aaaa landed · System Transfer · fee 0 SOL · 0 CU"]


def call(stack_height, program_id, data):
    return InnerInstruction(index=0, stack_height=stack_height, program_id=program_id, accounts=(WALLET,), data=data)


TRANSFER_DATA = b"\2\0\0\0" + (10**9).to_bytes(8, "little")
BENEATH = (
    call(2, STRANGER, b"\1"),
    call(3, "1" * 32, TRANSFER_DATA),
    call(2, TOKEN_PROGRAM, b"\x16"),
)


def beneath(detail):
    tree = Tree("")
    add_transaction(tree, Transaction(SENT, outcome(inner_instructions=BENEATH)), Names(), detail)
    return tree.children[0].children[0].children


def test_what_programs_called_stands_beneath_the_instruction_by_its_depth():
    first, second = beneath(Detail.VERBOSE)
    assert first.label.plain == f"{STRANGER} unknown  data_hex=01  account 0 LQVc…4p4A"
    assert first.children[0].label.plain == "System Transfer  1 SOL  lamports=1000000000  source LQVc…4p4A"
    assert second.label.plain.startswith("Token InitializeImmutableOwner")


def test_only_what_moves_something_is_shown_of_it_unless_verbose():
    (shown,) = beneath(Detail.FULL)
    assert shown.label.plain == "System Transfer  1 SOL  source LQVc…4p4A"


def test_many_accounts_are_listed_only_when_verbose():
    view = InstructionView(program="Jupiter", name="route", accounts={f"account_{n}": WALLET for n in range(20)})
    assert instruction_line(view, Names(), Detail.FULL).plain == "Jupiter route"
    assert instruction_line(view, Names(), Detail.VERBOSE).plain.count("LQVc…4p4A") == 20


def test_an_amount_stands_for_the_raw_numbers_beside_it():
    view = InstructionView(
        program="Jupiter", name="route", arguments={"amount": "1 SOL", "in_amount": "1", "slippage_bps": "50"}
    )
    assert instruction_line(view, Names(), Detail.FULL).plain == "Jupiter route  1 SOL  slippage_bps=50"


def test_text_from_the_chain_can_neither_steer_nor_flood_a_line():
    memo = InstructionView(program="Memo", name="Memo", arguments={"text": "\x1b[2J" + "a\nb" * 500})
    text = instruction_line(memo, Names(), Detail.VERBOSE).plain
    assert text.isprintable()
    assert len(text) < 200
