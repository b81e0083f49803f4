"""What every tool set has to do."""

from __future__ import annotations

from abc import ABC, abstractmethod

from reev_types.tools import Refused, ToolCall, ToolSet

__all__ = ["ToolSetContract"]


class ToolSetContract(ABC):
    """Inherit, name the class ``Test…``, and say how a tool set is made."""

    @abstractmethod
    async def tools(self) -> ToolSet:
        """Return a tool set to try."""

    async def test_tools_have_distinct_names_in_order(self) -> None:
        names = [spec.name for spec in (await self.tools()).specs()]
        assert names == sorted(set(names))

    async def test_every_tool_says_what_it_takes(self) -> None:
        for spec in (await self.tools()).specs():
            assert spec.description
            assert spec.parameters["type"] == "object"

    async def test_the_ways_to_end_a_step_are_on_offer(self) -> None:
        assert {"answer", "refuse"} <= {spec.name for spec in (await self.tools()).specs()}

    async def test_an_unknown_tool_is_refused(self) -> None:
        result = await (await self.tools()).call(ToolCall(call_id="1", tool="no_such_tool", arguments={}))
        assert isinstance(result, Refused)
        assert result.code == "unknown_tool"

    async def test_unknown_arguments_are_refused_by_every_tool(self) -> None:
        tools = await self.tools()
        for spec in tools.specs():
            result = await tools.call(ToolCall(call_id="1", tool=spec.name, arguments={"no_such_argument": 1}))
            assert isinstance(result, Refused), spec.name
            assert result.code == "bad_arguments"
