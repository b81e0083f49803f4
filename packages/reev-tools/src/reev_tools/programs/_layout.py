"""How a program lays out its instructions, as data: a name, packed arguments, and accounts by role."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from reev_types.chain import Instruction
from reev_types.events import InstructionView

__all__ = ["InstructionLayout", "Program", "unknown_view"]


@dataclass(frozen=True)
class InstructionLayout:
    """One instruction: ``fields`` are pairs of name and ``struct`` format character, little-endian and packed."""

    name: str
    fields: tuple[tuple[str, str], ...] = ()
    accounts: tuple[str, ...] = ()

    @cached_property
    def _packing(self) -> struct.Struct:
        return struct.Struct("<" + "".join(code for _, code in self.fields))

    def read(self, body: bytes) -> dict[str, str] | None:
        """Return the arguments in ``body``, or None when it is too short to hold them."""
        if len(body) < self._packing.size:
            return None
        values = self._packing.unpack_from(body)
        return {name: str(value) for (name, _), value in zip(self.fields, values, strict=True)}

    def roles(self, instruction: Instruction) -> dict[str, str]:
        """Return the instruction's accounts by role; those beyond the layout are numbered."""
        metas = instruction.accounts
        return {
            self.accounts[index] if index < len(self.accounts) else f"account_{index}": meta.pubkey
            for index, meta in enumerate(metas)
        }


@dataclass(frozen=True)
class Program:
    """A program whose instructions start with a tag of one of ``tag_sizes`` bytes; the longest match wins."""

    name: str
    layouts: Mapping[bytes, InstructionLayout]
    tag_sizes: tuple[int, ...] = (1,)

    def view(self, instruction: Instruction) -> InstructionView:
        """Put an instruction of this program in words."""
        for size in self.tag_sizes:
            layout = self.layouts.get(instruction.data[:size])
            arguments = layout.read(instruction.data[size:]) if layout else None
            if layout is not None and arguments is not None:
                return InstructionView(
                    program=self.name, name=layout.name, arguments=arguments, accounts=layout.roles(instruction)
                )
        return unknown_view(self.name, instruction)


def unknown_view(program: str, instruction: Instruction) -> InstructionView:
    """Describe an instruction whose layout is not known by what can be seen of it."""
    return InstructionView(
        program=program,
        name="unknown",
        arguments={"data_hex": instruction.data.hex()},
        accounts={f"account_{index}": meta.pubkey for index, meta in enumerate(instruction.accounts)},
    )
