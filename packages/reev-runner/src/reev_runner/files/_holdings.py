"""Checks that the balances of ``initial_state`` can exist together on a chain, whose numbers have 64 bits."""

from __future__ import annotations

from collections.abc import Iterable

from reev_types.amounts import U64_MAX
from reev_types.benchmarks import InitialAccount, InitialToken
from reev_types.tokens import SOL_MINT, symbol_of

from ._load import LoadedBenchmark
from ._model import TokenData
from ._nodes import Location

__all__ = ["TOKEN_RENT_LAMPORTS", "check_amounts"]

TOKEN_RENT_LAMPORTS = 2_039_280
"""What keeps a token account rent-exempt; an account of wrapped SOL holds it beside the lamports of its amount."""


def check_amounts(source: LoadedBenchmark, accounts: Iterable[tuple[int, InitialAccount]]) -> None:
    """Raise BenchmarkError ``amount_too_large`` or ``supply_exceeded`` at the first amount that cannot be.

    A program adds two balances of one mint into one number, so tokens beyond its range would vanish in a transfer.
    """
    total_raw: dict[str, int] = {}
    for index, account in accounts:
        if not isinstance(account, InitialToken):
            continue
        mint, amount_raw = account.mint, account.amount_raw
        if mint == SOL_MINT and amount_raw + TOKEN_RENT_LAMPORTS > U64_MAX:
            message = f"expected at most {U64_MAX - TOKEN_RENT_LAMPORTS}, which with the account's rent is 2⁶⁴ − 1"
            raise source.problem("amount_too_large", message, *_amount_at(source, index))
        total_raw[mint] = total_raw.get(mint, 0) + amount_raw
        if total_raw[mint] > U64_MAX:
            message = f"all balances of {symbol_of(mint)} together exceed 2⁶⁴ − 1, which no supply of a mint does"
            raise source.problem("supply_exceeded", message, *_amount_at(source, index))


def _amount_at(source: LoadedBenchmark, index: int) -> Location:
    data = source.file.initial_state[index].data
    has_amount = isinstance(data, TokenData) and data.amount is not None
    return ("initial_state", index, "data", *(("amount",) if has_amount else ()))
