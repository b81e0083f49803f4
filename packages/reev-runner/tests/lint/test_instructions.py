from collections.abc import Callable
from typing import Any

import pytest

from reev_types.addresses import encode_base58

Lint = Callable[..., list[Any]]

TOKEN = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"
TOKEN_2022 = "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb"
SYSTEM = "11111111111111111111111111111111"
ASSOCIATED = "ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL"
BUDGET = "ComputeBudget111111111111111111111111111111"
JUPITER = "JUP6LkbZbjS1jKKwapdHNy74zcZ3tLUZoi5QNyVTaV4"


def findings(lint: Lint, program: str, data: bytes | str, prompt: str = "Do it.", weight: str = "1") -> list[Any]:
    text = data if isinstance(data, str) else encode_base58(data)
    item = f'{{program_id: "{program}", accounts: [], data: "{text}", data_weight: {weight}}}'
    return lint("unattainable-data", truth=f"  expected_instructions: [{item}]", prompt=prompt)


@pytest.mark.parametrize(
    ("program", "data"),
    [
        (TOKEN, bytes([3]) + bytes(8)),
        (TOKEN, bytes([12]) + bytes(9)),
        (TOKEN, bytes([9])),
        (TOKEN, bytes([6, 2, 0])),
        (TOKEN, bytes([24]) + b"1.5"),
        (TOKEN_2022, bytes([3]) + bytes(8)),
        (TOKEN_2022, bytes([26, 1]) + bytes(17)),
        (SYSTEM, bytes([2, 0, 0, 0]) + bytes(8)),
        (SYSTEM, bytes(52)),
        (SYSTEM, bytes([3, 0, 0, 0]) + bytes(80)),
        (ASSOCIATED, b""),
        (ASSOCIATED, b"\1"),
        (BUDGET, bytes([3]) + bytes(8)),
        (JUPITER, b"anything"),
    ],
)
def test_data_that_a_program_reads_is_attainable(lint: Lint, program: str, data: bytes):
    assert findings(lint, program, data) == []


@pytest.mark.parametrize(
    ("program", "data"),
    [
        (TOKEN, bytes.fromhex("fef607bf5df7")),
        (TOKEN, bytes([3]) + bytes(7)),
        (TOKEN, bytes([12]) + bytes(8)),
        (TOKEN, bytes([26, 1])),
        (TOKEN, b""),
        (TOKEN_2022, b""),
        (TOKEN_2022, bytes([99])),
        (SYSTEM, bytes([2, 0, 0])),
        (SYSTEM, bytes([2, 0, 0, 0]) + bytes(4)),
        (SYSTEM, bytes([77, 0, 0, 0])),
        (ASSOCIATED, b"\3"),
        (BUDGET, b""),
        (BUDGET, bytes([2]) + bytes(8)),
    ],
)
def test_data_that_no_instruction_has_is_unattainable(lint: Lint, program: str, data: bytes):
    (finding,) = findings(lint, program, data)
    assert finding.severity == "error"
    assert finding.message.startswith(data.hex(" ") or "no bytes")


def test_the_right_data_is_suggested_where_the_prompt_has_one_amount(lint: Lint):
    (finding,) = findings(lint, TOKEN, "3Bxs4vKJW", prompt="Send 5 USDC.")
    assert finding.message == "fe f6 07 bf 5d f7 is no instruction of the Token program, so its weight cannot be earned"
    assert finding.suggestion == "a Transfer of 5000000 raw USDC is 3QDJ9TwUE2Dm"
    assert finding.at.startswith('"3Bxs4vKJW"')


@pytest.mark.parametrize(("program", "prompt"), [(SYSTEM, "Send 5 SOL."), (TOKEN, "Send."), (TOKEN, "5 USDC, 6 USDC")])
def test_otherwise_leaving_the_data_open_is_suggested(lint: Lint, program: str, prompt: str):
    (finding,) = findings(lint, program, b"\xff", prompt=prompt)
    assert finding.suggestion == "write '...' to leave the data unscored"


def test_data_that_is_not_scored_is_not_looked_at(lint: Lint):
    item = f'{{program_id: "{TOKEN}", accounts: [], data: "3Bxs4vKJW"}}'
    assert lint("unattainable-data", truth=f"  expected_instructions: [{item}]") == []
    assert findings(lint, TOKEN, "...") == []
