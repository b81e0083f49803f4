"""A tool set as an MCP server on standard input and output."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from reev_types.errors import BackendError
from reev_types.tools import Failed, Refused, ToolCall, ToolResult, ToolSet, ToolSpec

from ._extra import require_extra

if TYPE_CHECKING:
    from mcp import types
    from mcp.server import ServerRequestContext
    from mcp.server.lowlevel import Server

__all__ = ["Afterword", "serve", "server_of"]

Afterword = Callable[[ToolResult], Awaitable[str]]
"""Returns what the client is told beside a result; empty for nothing."""

_NAME = "reev"
_LARGEST_CHARACTERS = 65_536


async def serve(tools: ToolSet, *, instructions: str = "", afterword: Afterword | None = None) -> None:
    """Offer ``tools`` until standard input ends. Names, descriptions, schemas and results are those of the tools.

    A client is notified when other tools are on offer than it was told of. Calls are carried out one after the other.
    Raises UsageError ``mcp_missing`` where the extra is not installed.
    """
    server = server_of(tools, instructions, afterword)
    from mcp.server.lowlevel import NotificationOptions
    from mcp.server.stdio import stdio_server

    options = server.create_initialization_options(NotificationOptions(tools_changed=True))
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, options)


def server_of(tools: ToolSet, instructions: str = "", afterword: Afterword | None = None) -> Server[Any]:
    """Return the server without a connection; raises UsageError ``mcp_missing``."""
    require_extra()
    from mcp.server.lowlevel import Server

    desk = _Desk(tools, afterword)
    return Server(
        _NAME,
        version=version("reev-agent"),
        instructions=instructions or None,
        on_list_tools=desk.list_tools,
        on_call_tool=desk.call_tool,
    )


class _Desk:
    """Answers the client's requests out of one tool set."""

    def __init__(self, tools: ToolSet, afterword: Afterword | None) -> None:
        self._tools = tools
        self._afterword = afterword
        self._turn = asyncio.Lock()
        self._calls = 0
        self._listed: list[str] | None = None

    async def list_tools(self, context: object, params: object) -> types.ListToolsResult:
        from mcp import types

        self._listed = self._names()
        return types.ListToolsResult(tools=[_tool(spec) for spec in self._tools.specs()])

    async def call_tool(
        self, context: ServerRequestContext[Any], params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        async with self._turn:
            self._calls += 1
            result = await self._result(str(self._calls), params.name, params.arguments or {})
            told = await self._afterword(result) if self._afterword and not isinstance(result, BackendError) else ""
            if self._listed not in (None, self._names()):
                self._listed = None
                await context.session.send_tool_list_changed()
        return _answer(result, told)

    def _names(self) -> list[str]:
        return [spec.name for spec in self._tools.specs()]

    async def _result(self, call_id: str, tool: str, arguments: dict[str, Any]) -> ToolResult | BackendError:
        if not _is_sendable(arguments):
            return Refused(code="bad_arguments", message="the arguments are not JSON of at most 64 KiB")
        try:
            return await self._tools.call(ToolCall(call_id=call_id, tool=tool, arguments=arguments))
        except BackendError as error:
            return error


def _is_sendable(arguments: dict[str, Any]) -> bool:
    try:
        written = json.dumps(arguments, allow_nan=False, ensure_ascii=False)
        return len(written.encode()) <= _LARGEST_CHARACTERS
    except (TypeError, ValueError, RecursionError):
        return False


def _tool(spec: ToolSpec) -> types.Tool:
    from mcp import types

    hints = types.ToolAnnotations(read_only_hint=not spec.moves_funds, open_world_hint=False)
    return types.Tool(name=spec.name, description=spec.description, input_schema=spec.parameters, annotations=hints)


def _answer(result: ToolResult | BackendError, told: str) -> types.CallToolResult:
    from mcp import types

    content = _content(result)
    texts = [json.dumps(content, ensure_ascii=False), *([told] if told else [])]
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=_readable(text)) for text in texts],
        structured_content=json.loads(_readable(texts[0])),
        is_error=isinstance(result, Refused | Failed | BackendError),
    )


def _content(result: ToolResult | BackendError) -> dict[str, Any]:
    if isinstance(result, BackendError):
        return {"status": "error", "code": result.code, "message": result.message}
    return result.to_json()


def _readable(text: str) -> str:
    """Return ``text`` without what UTF-8 cannot hold, which would end the connection."""
    return text.encode("utf-8", "replace").decode()
