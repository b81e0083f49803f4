"""What Jupiter's programs share as programs made with Anchor."""

from __future__ import annotations

from hashlib import sha256

from reev_types.chain import Instruction
from reev_types.events import InstructionView

__all__ = ["instruction_tag", "without_absent"]


def instruction_tag(name: str) -> bytes:
    """Return the eight bytes that an instruction's data starts with."""
    return sha256(f"global:{name}".encode()).digest()[:8]


def without_absent(view: InstructionView, instruction: Instruction) -> InstructionView:
    """Return the view with ``none`` for optional accounts that the program's own address says are absent."""
    absent = instruction.program_id
    accounts = {
        role: "none" if address == absent and role != "program" else address for role, address in view.accounts.items()
    }
    return view.model_copy(update={"accounts": accounts})
