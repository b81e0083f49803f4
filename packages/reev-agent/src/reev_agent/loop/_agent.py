"""The agent over a language model."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, AsyncExitStack

from reev_agent.costs import PriceTable
from reev_agent.models import ChatModel
from reev_agent.telemetry import Telemetry
from reev_types.agents import AgentRequest, StepOutcome
from reev_types.models import ExchangeLog, Sampling
from reev_types.times import Clock
from reev_types.tools import ToolSet

from ._interview import Setting
from ._step import Step
from ._system import SYSTEM_TEXT

__all__ = ["LlmAgent"]


class LlmAgent:
    """Asks ``model`` what to do and carries it out through the tools of the step, within the request's limits.

    ``log`` is told of every exchange. The limits on turns, tokens, cost and time end a step with their code, and
    what was done before stays done.
    """

    traces_itself = True
    """It opens the spans of its work, so whoever runs it opens none for it."""

    def __init__(
        self,
        model: ChatModel,
        clock: Clock,
        *,
        name: str | None = None,
        sampling: Sampling | None = None,
        prices: PriceTable | None = None,
        log: ExchangeLog | None = None,
        telemetry: Telemetry | None = None,
        system_text: str = SYSTEM_TEXT,
    ) -> None:
        self._name = name or model.model
        self._system_text = system_text
        self._setting = Setting(
            model,
            clock,
            sampling or Sampling(),
            prices or PriceTable.bundled(),
            telemetry or Telemetry(),
            log,
        )

    @property
    def name(self) -> str:
        """The name it is chosen and recorded by."""
        return self._name

    async def run_step(self, request: AgentRequest, tools: ToolSet) -> StepOutcome:
        """Carry a step out. Raises ModelError when the model cannot be asked; cancelling it loses no record."""
        model = self._setting.model
        async with AsyncExitStack() as stack:
            if isinstance(model, AbstractAsyncContextManager):
                # Connections are kept for the turns of the step.
                await stack.enter_async_context(model)
            stack.enter_context(self._setting.telemetry.agent(self._name, request, model))
            return await Step(self._setting, request, tools, self._system_text).run()
