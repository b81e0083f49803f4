"""How a program lays out its instructions, as data: a name, packed arguments, and accounts by role."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reev_types.chain import Instruction
from reev_types.events import InstructionView

from ._fields import KINDS, Body, UnreadableError

__all__ = ["InstructionLayout", "Program", "layouts_in", "numbered", "unknown_view"]

_ROW = re.compile(r"(?P<tag>\S+) (?P<name>\w+)(?:\((?P<fields>[^)]*)\))?(?P<roles>(?: \w+)*)(?: (?P<further>\w+)…)?")


@dataclass(frozen=True)
class InstructionLayout:
    """One instruction: ``fields`` are pairs of name and kind, little-endian and packed."""

    name: str
    fields: tuple[tuple[str, str], ...] = ()
    accounts: tuple[str, ...] = ()
    further: str | None = None
    """What accounts beyond these are called, before their number; None leaves it to the program."""

    def read(self, data: bytes) -> dict[str, str] | None:
        """Return the arguments in ``data``, or None when it does not hold them; what follows them is told in hex."""
        body = Body(data)
        try:
            arguments = {name: KINDS[kind](body) for name, kind in self.fields}
        except UnreadableError:
            return None
        trailing = body.rest()
        return arguments | ({"trailing_hex": trailing.hex()} if trailing else {})


@dataclass(frozen=True)
class Program:
    """A program whose instructions start with a tag of one of ``tag_sizes`` bytes; the first that is known wins."""

    name: str
    layouts: Mapping[bytes, InstructionLayout]
    tag_sizes: tuple[int, ...] = (1,)
    further: str = "account"
    """What accounts beyond a layout are called, before their number."""

    def view(self, instruction: Instruction) -> InstructionView:
        """Put an instruction of this program in words; data that no layout fits is told in hex."""
        for size in self.tag_sizes:
            layout = self.layouts.get(instruction.data[:size])
            arguments = layout.read(instruction.data[size:]) if layout else None
            if layout is not None and arguments is not None:
                accounts = numbered(instruction, layout.accounts, layout.further or self.further)
                return InstructionView(program=self.name, name=layout.name, arguments=arguments, accounts=accounts)
        return unknown_view(self.name, instruction)


def layouts_in(table: str, tag: Callable[[str], bytes]) -> dict[bytes, InstructionLayout]:
    """Return the layouts of a table by tag, which ``tag`` makes of a row's first word.

    A row is ``3 Transfer(amount_raw: u64) source destination authority``, and goes on in lines that are indented. A
    last role with ``…`` stands for any number of accounts.
    """
    rows = [_row(text) for text in table.strip().replace("\n  ", " ").splitlines()]
    return {tag(row["tag"]): _layout(row) for row in rows}


def numbered(instruction: Instruction, roles: tuple[str, ...], further: str = "account") -> dict[str, str]:
    """Return the instruction's accounts by role; those beyond ``roles`` are numbered."""
    return {
        roles[index] if index < len(roles) else f"{further}_{index}": meta.pubkey
        for index, meta in enumerate(instruction.accounts)
    }


def unknown_view(program: str, instruction: Instruction) -> InstructionView:
    """Describe an instruction whose layout is not known by what can be seen of it."""
    return InstructionView(
        program=program,
        name="unknown",
        arguments={"data_hex": instruction.data.hex()},
        accounts=numbered(instruction, ()),
    )


def _row(text: str) -> re.Match[str]:
    row = _ROW.fullmatch(text)
    if row is None:
        raise ValueError(f"{text!r} is no layout")
    return row


def _layout(row: re.Match[str]) -> InstructionLayout:
    fields = [field.partition(": ") for field in (row["fields"] or "").split(", ") if field]
    return InstructionLayout(
        name=row["name"],
        fields=tuple((name, kind) for name, _, kind in fields),
        accounts=tuple(row["roles"].split()),
        further=row["further"],
    )
