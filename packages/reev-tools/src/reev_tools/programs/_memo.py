"""The Memo program: a text, and who signs it."""

from __future__ import annotations

from reev_types.chain import Instruction
from reev_types.events import InstructionView

from ._fields import printable
from ._layout import numbered

__all__ = ["MEMO_PROGRAMS", "memo_view"]

MEMO_PROGRAMS = ("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr", "Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo")


def memo_view(instruction: Instruction) -> InstructionView:
    """Put a memo in words: all of its data is text."""
    accounts = numbered(instruction, (), "signer")
    return InstructionView(
        program="Memo", name="Memo", arguments={"text": printable(instruction.data)}, accounts=accounts
    )
