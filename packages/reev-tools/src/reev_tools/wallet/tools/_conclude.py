"""``answer`` and ``refuse``: the two ways in which an agent ends a step in so many words."""

from __future__ import annotations

from typing import ClassVar

from reev_tools.wallet._tool import Arguments, Tool, Wallet
from reev_types.intents import RefusalCode
from reev_types.tools import Concluded, ToolResult

__all__ = ["Answer", "Refuse"]


class AnswerArguments(Arguments):
    """Arguments of ``answer``."""

    text: str
    """The answer to the user's request."""


class Answer(Tool[AnswerArguments]):
    """Ends the step with an answer."""

    name: ClassVar[str] = "answer"
    description: ClassVar[str] = "End the step: the request has been carried out, or this text answers it."
    moves_funds: ClassVar[bool] = False
    arguments = AnswerArguments

    async def run(self, arguments: AnswerArguments, wallet: Wallet) -> ToolResult:
        """Conclude; nothing is sent."""
        return Concluded(by="answer", text=arguments.text)


class RefuseArguments(Arguments):
    """Arguments of ``refuse``."""

    code: RefusalCode
    """Why the request must not or cannot be carried out."""
    reason: str = ""
    """The explanation for the user."""


class Refuse(Tool[RefuseArguments]):
    """Ends the step with an explicit refusal."""

    name: ClassVar[str] = "refuse"
    description: ClassVar[str] = (
        "End the step by declining the request, with a code and the reason. The right choice when the wallet does not "
        "hold what is asked for, or the request is unsafe, unclear or impossible."
    )
    moves_funds: ClassVar[bool] = False
    arguments = RefuseArguments

    async def run(self, arguments: RefuseArguments, wallet: Wallet) -> ToolResult:
        """Conclude; nothing is sent."""
        return Concluded(by="refuse", code=arguments.code, text=arguments.reason)
