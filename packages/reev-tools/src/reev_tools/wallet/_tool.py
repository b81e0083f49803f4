"""What a tool is, and the wallet it acts for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, Generic, TypeVar

from pydantic import AliasChoices, BaseModel, ConfigDict

from reev_tools.jupiter import JupiterClient
from reev_types.amounts import DEFAULT_SOL_RESERVE_LAMPORTS
from reev_types.chain import Chain
from reev_types.tools import ToolResult, ToolSpec

__all__ = ["Arguments", "Tool", "Wallet"]


class Arguments(BaseModel):
    """Arguments of a tool: unknown ones are refused, since a misspelt amount must not be ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


@dataclass(frozen=True, slots=True)
class Wallet:
    """The wallet that tools spend from, the chain it lives on, and the names by which accounts may be called."""

    address: str
    chain: Chain
    names: Mapping[str, str] = field(default_factory=dict)
    sol_reserve_lamports: int = DEFAULT_SOL_RESERVE_LAMPORTS
    jupiter: JupiterClient | None = None
    """Where swaps and lending are quoted; without it those tools refuse with ``no_market``."""


A = TypeVar("A", bound=Arguments)


class Tool(ABC, Generic[A]):
    """One tool; a subclass names itself, its arguments, and does the work in ``run``."""

    name: ClassVar[str]
    description: ClassVar[str]
    moves_funds: ClassVar[bool]
    arguments: type[A]

    @cached_property
    def spec(self) -> ToolSpec:
        """What a model is told."""
        schema = self.arguments.model_json_schema()
        for detail in ("title", "description"):
            schema.pop(detail, None)
        return ToolSpec(name=self.name, description=self.description, parameters=schema, moves_funds=self.moves_funds)

    def takes(self, parameter: str) -> bool:
        """Tell whether an argument of that name is known, if only as another name of one."""
        return parameter in self._parameters

    @cached_property
    def _parameters(self) -> frozenset[object]:
        fields = self.arguments.model_fields
        others = (field.validation_alias for field in fields.values())
        return frozenset(fields).union(*(alias.choices for alias in others if isinstance(alias, AliasChoices)))

    @abstractmethod
    async def run(self, arguments: A, wallet: Wallet) -> ToolResult:
        """Do the work. Raises UserError for what is refused; WalletTools turns it into a result."""
