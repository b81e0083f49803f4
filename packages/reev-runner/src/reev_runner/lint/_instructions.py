"""Rules about expected instructions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from reev_types.addresses import encode_base58
from reev_types.benchmarks import TestCase
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM, token_of

from ._finding import TRUTH, CaseRule, Remark
from ._magnitudes import token_amounts

__all__ = ["RULES"]

_TRANSFER = 3

# Data lengths by tag, from the programs' published interfaces; None stands for a length that varies.
_TOKEN_LENGTHS: Mapping[int, tuple[int, ...] | None] = {
    **dict.fromkeys((1, 5, 9, 10, 11, 17, 22), (1,)),  # initialise, revoke, close, freeze, thaw, sync native, immutable
    **dict.fromkeys((3, 4, 7, 8, 23), (9,)),  # transfer, approve, mint to, burn, amount to text
    **dict.fromkeys((12, 13, 14, 15), (10,)),  # the checked forms of these
    **dict.fromkeys((0, 20), (35, 67)),  # initialise a mint, without and with freeze authority
    **dict.fromkeys((2, 19), (2,)),  # multisignature
    **dict.fromkeys((16, 18), (33,)),  # initialise with the owner as data
    6: (3, 35),  # set authority, to nobody or somebody
    **dict.fromkeys((21, 24), None),
}
_TOKEN_2022_EXTENSIONS = range(25, 50)
_SYSTEM_LENGTHS: Mapping[int, tuple[int, ...] | None] = {
    **dict.fromkeys((4, 12), (4,)),
    **dict.fromkeys((2, 5, 8), (12,)),
    **dict.fromkeys((1, 6, 7), (36,)),
    0: (52,),
    **dict.fromkeys((3, 9, 10, 11), None),
}
_BUDGET_LENGTHS = {1: 5, 2: 5, 3: 9, 4: 5}


def _fits(lengths: Mapping[int, tuple[int, ...] | None], tag: int, data: bytes) -> bool:
    allowed = lengths.get(tag, ())
    return allowed is None or len(data) in allowed


def _is_token(data: bytes) -> bool:
    return bool(data) and _fits(_TOKEN_LENGTHS, data[0], data)


def _is_token_2022(data: bytes) -> bool:
    return _is_token(data) or (bool(data) and data[0] in _TOKEN_2022_EXTENSIONS)


def _is_system(data: bytes) -> bool:
    return len(data) >= 4 and _fits(_SYSTEM_LENGTHS, int.from_bytes(data[:4], "little"), data)


def _is_associated(data: bytes) -> bool:
    return data in (b"", b"\0", b"\1", b"\2")


def _is_budget(data: bytes) -> bool:
    return bool(data) and _BUDGET_LENGTHS.get(data[0]) == len(data)


_PROGRAMS: Mapping[str, tuple[str, Callable[[bytes], bool]]] = {
    TOKEN_PROGRAM: ("Token program", _is_token),
    TOKEN_2022_PROGRAM: ("Token-2022 program", _is_token_2022),
    "11111111111111111111111111111111": ("System program", _is_system),
    "ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL": ("Associated Token Account program", _is_associated),
    "ComputeBudget111111111111111111111111111111": ("Compute Budget program", _is_budget),
}


def _unattainable(case: TestCase) -> Iterator[Remark]:
    """Judge only programs whose instructions are known here; of others nothing is said."""
    for index, instruction in enumerate(case.ground_truth.expected_instructions):
        name, is_instruction = _PROGRAMS.get(instruction.program_id, ("", lambda _: True))
        if instruction.data is not None and not is_instruction(instruction.data):
            shown = instruction.data.hex(" ") or "no bytes"
            message = f"{shown} is no instruction of the {name}, so its weight cannot be earned"
            at = (TRUTH, "expected_instructions", index, "data")
            yield Remark(at, message, _transfer_hint(case, instruction.program_id))


def _transfer_hint(case: TestCase, program: str) -> str:
    amounts = dict.fromkeys(token_amounts(case.prompt))
    if program not in (TOKEN_PROGRAM, TOKEN_2022_PROGRAM) or len(amounts) != 1:
        return "write '...' to leave the data unscored"
    mint, raw = next(iter(amounts))
    data = bytes([_TRANSFER]) + raw.to_bytes(8, "little")
    symbol = token.symbol if (token := token_of(mint)) else mint
    return f"a Transfer of {raw} raw {symbol} is {encode_base58(data)}"


RULES = (CaseRule("unattainable-data", "error", "expected data that the named program cannot read", _unattainable),)
