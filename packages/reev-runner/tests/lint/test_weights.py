from collections.abc import Callable
from typing import Any

Lint = Callable[..., list[Any]]

SOL = "type: SolBalance, pubkey: USER_WALLET_PUBKEY, expected: 1, weight: "


def test_fractions_that_miss_one_are_reported_at_their_key(lint: Lint):
    (finding,) = lint("weights-do-not-sum", SOL + "0.3", SOL + "0.40")
    assert finding.message == "the weights of final_state_assertions add up to 0.7"
    assert finding.at == "final_state_assertions:"


def test_sums_are_exact(lint: Lint):
    assert lint("weights-do-not-sum", SOL + "0.1", SOL + "0.2", SOL + "0.7") == []
    assert len(lint("weights-do-not-sum", SOL + "0.1", SOL + "0.2", SOL + "0.7000000001")) == 1


def test_whole_weights_and_single_items_are_relative_anyway(lint: Lint):
    assert lint("weights-do-not-sum", SOL + "1.0", SOL + "1.0") == []
    assert lint("weights-do-not-sum", SOL + "0.5", SOL + "2") == []
    assert lint("weights-do-not-sum", SOL + "0.8") == []


def test_every_section_with_weights_is_looked_at(lint: Lint):
    items = "{type: a, weight: 0.5}, {type: b, weight: 0.6}"
    tools = "{tool_name: answer, weight: 0.5}, {tool_name: refuse, weight: 0.4}"
    truth = f"  recovery_expectations: [{items}]\n  expected_tool_calls: [{tools}]"
    messages = [finding.message for finding in lint("weights-do-not-sum", truth=truth)]
    assert messages == [
        "the weights of recovery_expectations add up to 1.1",
        "the weights of expected_tool_calls add up to 0.9",
    ]


def test_a_weight_of_zero_never_counts(lint: Lint):
    (finding,) = lint("zero-weight", SOL + "0", SOL + "1")
    assert finding.severity == "warning"
    assert finding.at.startswith("0}")


INSTRUCTION = (
    '  expected_instructions: [{{program_id: "11111111111111111111111111111111", program_id_weight: {}, '
    "data_weight: {}, accounts: [{{pubkey: USER_WALLET_PUBKEY, is_signer: true, is_writable: true, weight: {}}}]}}]"
)


def test_a_negative_weight_is_an_error_wherever_it_stands(lint: Lint):
    findings = lint("negative-weight", SOL + "-1", truth=INSTRUCTION.format("-2", "-3", "-4"))
    assert {finding.at.split("}")[0].split(",")[0] for finding in findings} == {"-1", "-2", "-3", "-4"}
    assert {finding.severity for finding in findings} == {"error"}


def test_data_without_a_weight_has_none_to_complain_about(lint: Lint):
    truth = '  expected_instructions: [{program_id: "11111111111111111111111111111111", accounts: []}]'
    assert lint("negative-weight", truth=truth) == []
