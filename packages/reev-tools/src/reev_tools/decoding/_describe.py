"""Instructions in words, alone and as the parts of one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from reev_tools.market.lend import LEND_PROGRAM
from reev_tools.market.swap import SWAP_PROGRAM
from reev_tools.programs import VIEWS, unknown_view
from reev_types.chain import Instruction
from reev_types.events import InstructionView

from ._amounts import token_amount
from ._lend import lend_amount, lend_view
from ._mints import Mints
from ._swap import swap_amount, swap_view

__all__ = ["describe", "describe_all", "describe_with"]

_VIEWS: Mapping[str, Callable[[Instruction], InstructionView]] = {
    **VIEWS,
    SWAP_PROGRAM: swap_view,
    LEND_PROGRAM: lend_view,
}
_AMOUNTS: Mapping[str, Callable[[InstructionView, Mints], str | None]] = {
    SWAP_PROGRAM: swap_amount,
    LEND_PROGRAM: lend_amount,
}


def describe(instruction: Instruction) -> InstructionView:
    """Name an instruction's program, kind, arguments and accounts."""
    return describe_all((instruction,))[0]


def describe_all(instructions: Sequence[Instruction]) -> tuple[InstructionView, ...]:
    """Describe the instructions of one transaction; what one says of a token account helps to read the others."""
    return describe_with(Mints(), instructions)


def describe_with(mints: Mints, instructions: Iterable[Instruction]) -> tuple[InstructionView, ...]:
    """Describe instructions where the mints of some token accounts are known beforehand."""
    told = [(instruction.program_id, _view(instruction)) for instruction in instructions]
    mints.learn(view for _, view in told)
    return tuple(_with_amount(program, view, mints) for program, view in told)


def _view(instruction: Instruction) -> InstructionView:
    view = _VIEWS.get(instruction.program_id)
    return view(instruction) if view else unknown_view(instruction.program_id, instruction)


def _with_amount(program: str, view: InstructionView, mints: Mints) -> InstructionView:
    amount = _AMOUNTS.get(program, token_amount)(view, mints)
    return view.model_copy(update={"arguments": {"amount": amount, **view.arguments}}) if amount else view
