"""Never run: mypy checks that the public types mean what a user would expect."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never, assert_type

from reev_types import Chain, ToolResult, TransactionOutcome, format_ui, to_raw, to_ui
from reev_types.tools import Concluded, Executed, Failed, Observed, Refused


async def a_chain_answers_with_models(chain: Chain) -> None:
    transaction = await chain.prepare([], payer="11111111111111111111111111111111")
    assert_type(await chain.submit(transaction), TransactionOutcome)
    assert_type(await chain.landed(transaction.signature), TransactionOutcome | None)


def a_tool_result_is_a_closed_union(result: ToolResult) -> str:
    match result:
        case Executed(signature=signature) | Failed(signature=signature):
            return assert_type(signature, str)
        case Refused(code=code):
            return code
        case Observed() | Concluded():
            return result.status
        case _:
            assert_never(result)


def amounts_are_int_and_decimal() -> None:
    assert_type(to_raw(Decimal("0.1"), 9), int)
    assert_type(to_ui(1, 9), Decimal)
    assert_type(format_ui(1, 9), str)
