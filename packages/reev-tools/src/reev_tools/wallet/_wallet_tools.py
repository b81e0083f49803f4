"""The tool set of one wallet."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from reev_tools.jupiter import JupiterServiceError
from reev_types.errors import UserError
from reev_types.tools import Refused, ToolCall, ToolResult, ToolSpec

from ._aliases import primary_name, without_own_wallet
from ._tool import Tool, Wallet
from .tools import STANDARD_TOOLS

__all__ = ["WalletTools"]


class WalletTools:
    """The tools of ``wallet``; implements ``reev_types.tools.ToolSet``."""

    def __init__(self, wallet: Wallet, tools: Sequence[Tool[Any]] = STANDARD_TOOLS) -> None:
        self._wallet = wallet
        self._tools = {tool.name: tool for tool in sorted(tools, key=lambda tool: tool.name)}

    def specs(self) -> tuple[ToolSpec, ...]:
        """Return the tools on offer, ordered by name."""
        return tuple(tool.spec for tool in self._tools.values())

    async def call(self, call: ToolCall) -> ToolResult:
        """Carry a call out, under whatever known name; raises ChainError only."""
        tool = self._tools.get(primary_name(call.tool))
        if tool is None:
            return self._unknown(call.tool)
        try:
            arguments = without_own_wallet(call.arguments, tool, self._wallet)
            return await tool.run(tool.arguments.model_validate(arguments), self._wallet)
        except ValidationError as error:
            return _bad_arguments(call.tool, error)
        except (UserError, JupiterServiceError) as error:
            # Tools ask Jupiter before they send anything, so even its breakdown leaves the wallet as it was.
            return Refused(
                code=error.code,
                message=error.message,
                suggestions=error.suggestions,
                retry_after_ms=error.retry_after_ms if isinstance(error, JupiterServiceError) else None,
            )

    def _unknown(self, name: str) -> Refused:
        close = get_close_matches(name, self._tools, n=1)
        hint = f"did you mean {close[0]}?" if close else f"the tools are {', '.join(self._tools)}"
        return Refused(code="unknown_tool", message=f"there is no tool {name[:64]!r}", suggestions=(hint,))


def _bad_arguments(tool: str, error: ValidationError) -> Refused:
    problems = [
        f"{'.'.join(str(part) for part in detail['loc']) or 'arguments'}: {detail['msg']}"
        for detail in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    return Refused(
        code="bad_arguments",
        message=f"{tool}: " + "; ".join(problems),
        suggestions=("correct the arguments and call the tool again",),
    )
