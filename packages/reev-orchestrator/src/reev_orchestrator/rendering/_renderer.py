"""Prompts out of templates: the task of a step, and below it what is known of the wallet and the flow."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

from reev_types.amounts import DEFAULT_SLIPPAGE_BPS
from reev_types.contexts import PromptContext
from reev_types.intents import Intent
from reev_types.plans import DynamicFlowPlan, DynamicStep

from ._cards import STEP_TEMPLATE
from ._catalogue import Catalogue
from ._environment import BUNDLED, SUFFIX, Meter, RenderMetrics, environment
from ._problems import TEMPLATE_FAILURES, explained
from ._situation import situation
from ._task import task

__all__ = ["TemplateRenderer"]

_STEP = "base/step"


class TemplateRenderer:
    """Renders the templates that reev brings, and before them those of ``folders``; implements ``PromptRenderer``.

    A file in one of the folders hides the bundled one of its name, which it reaches as ``reev/NAME``. With
    ``auto_reload`` changed files count at their next use. All methods raise UsageError, with file and line, for a
    template that is wrong.
    """

    def __init__(
        self, *folders: Path, auto_reload: bool = False, monotonic: Callable[[], float] = time.perf_counter
    ) -> None:
        self._folders = (*folders, BUNDLED)
        self._auto_reload = auto_reload
        self._meter = Meter(monotonic)
        self._environment = environment(self._folders, self._meter, auto_reload=auto_reload)

    @property
    def metrics(self) -> RenderMetrics:
        """What the cache of compiled templates has done so far."""
        return self._meter.metrics

    @property
    def catalogue(self) -> Catalogue:
        """All templates with what they say of themselves; read once, with ``auto_reload`` at each use."""
        return Catalogue.read(self._folders) if self._auto_reload else self._catalogue

    @cached_property
    def _catalogue(self) -> Catalogue:
        return Catalogue.read(self._folders)

    def select(self, steps: Sequence[Intent]) -> str:
        """Return the name of the template for a flow, or for one step as a flow of one."""
        return self.catalogue.select(steps).name

    def render_step(self, prompt: str, context: PromptContext) -> str:
        """Return a prompt: ``prompt`` as it is written, less what cannot be seen, and the situation below it."""
        return self._render(_STEP, situation(prompt, context))

    def render_task(
        self,
        plan: DynamicFlowPlan,
        step: DynamicStep,
        context: PromptContext,
        *,
        slippage_bps: int = DEFAULT_SLIPPAGE_BPS,
        template: str | None = None,
    ) -> str:
        """Return the task of a planned step without the situation.

        It is by ``template``, or else by the plan's own, or else by the one that the kinds of its steps come to.

        A template that frames a flow is filled with the step's own: ``step.prompt_template``, or the one for its intent
        where that is a frame itself. ``step`` has the id of
        one of the plan's; its amount may have been resolved again since. Raises UsageError ``unknown_template`` and
        ``unknown_step``.
        """
        catalogue = self.catalogue
        named = catalogue.require(step.prompt_template)
        own = catalogue.select_step(step.intent) if named.is_frame else named
        chosen = template or plan.template
        card = catalogue.require(chosen) if chosen else catalogue.select([each.intent for each in plan.steps])
        if chosen is None and len(plan.steps) == 1 and not card.is_frame:
            card = own
        values = task(plan, step, context, slippage_bps)
        return self._render(card.name, values | {STEP_TEMPLATE: f"{own.name}{SUFFIX}"})

    def render_planned(
        self,
        plan: DynamicFlowPlan,
        step: DynamicStep,
        context: PromptContext,
        *,
        slippage_bps: int = DEFAULT_SLIPPAGE_BPS,
        template: str | None = None,
    ) -> str:
        """Return the prompt of a planned step: ``render_step`` of its ``render_task``."""
        text = self.render_task(plan, step, context, slippage_bps=slippage_bps, template=template)
        return self.render_step(text, context)

    def _render(self, name: str, values: dict[str, object]) -> str:
        try:
            return self._environment.get_template(f"{name}{SUFFIX}").render(values).strip()
        except TEMPLATE_FAILURES as error:
            raise explained(error) from None
