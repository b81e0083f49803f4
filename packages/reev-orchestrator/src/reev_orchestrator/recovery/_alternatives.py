"""Doing it differently: alternatives as data, checked like any plan, carried out part by part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reev_types.alternatives import AlternativeFlow, WaitAndResume
from reev_types.errors import BackendError, UserError
from reev_types.recovery import RecoveryConfig, StepPart

from ._attempts import Rescue
from ._exact import Counted
from ._rewrites import rewritten
from ._steps import Succeeded
from ._strategy import Passed, Repaired, StrategyResult
from ._validation import check_parts
from ._words import undone

__all__ = ["AlternativeFlowStrategy"]


class _Course(NamedTuple):
    """The parts to attempt in order; what they change, and what they leave out."""

    parts: tuple[StepPart, ...]
    changed: str
    left_out: Counted | None


class AlternativeFlowStrategy:
    """Tries ``alternatives`` in order, each that answers the newest failure, on what is left of the step."""

    def __init__(self, alternatives: Sequence[AlternativeFlow], config: RecoveryConfig) -> None:
        self._alternatives = tuple(alternatives)
        self._config = config

    @property
    def name(self) -> str:
        """``alternative_flow``."""
        return "alternative_flow"

    async def recover(self, rescue: Rescue) -> StrategyResult:
        """Try each alternative once; one that does part of the step leaves the rest to the next."""
        for alternative in self._alternatives:
            if rescue.failure.failure_class in alternative.triggers and await self._tried(alternative, rescue):
                return Repaired()
        rescue.decide("pass", reason="no_alternative_left")
        return Passed()

    async def _tried(self, alternative: AlternativeFlow, rescue: Rescue) -> bool:
        if isinstance(alternative.rewrite, WaitAndResume):
            milliseconds = alternative.rewrite.seconds * 1_000
            rescue.decide("wait", wait_ms=milliseconds, alternative=alternative.id)
            await rescue.time.sleep(milliseconds / 1_000)
            return isinstance(await rescue.attempt_rest(alternative=alternative.id), Succeeded)
        try:
            course = await self._course(alternative, rescue)
        except (UserError, BackendError) as error:
            rescue.decide("pass", reason=error.code, alternative=alternative.id)
            return False
        return await _carried_out(course, alternative, rescue)

    async def _course(self, alternative: AlternativeFlow, rescue: Rescue) -> _Course:
        """Return what is to be done; raises UserError, BackendError where the alternative is no way."""
        intent = rescue.intent
        if not isinstance(intent, Counted):
            raise UserError("not_applicable", "the step says no amount, so there is nothing to rewrite")
        if rescue.has_landed_otherwise:
            raise UserError(
                "partly_landed", "an attempt has done something of its own, and only the same can be retried"
            )
        context = await rescue.context()
        made = rewritten(alternative.rewrite, intent, context, max_slippage_bps=self._config.max_slippage_bps)
        parts = tuple(map(rescue.new_part, made.parts))
        check_parts(parts, context)
        return _Course(parts, made.changed, made.left_out)


async def _carried_out(course: _Course, alternative: AlternativeFlow, rescue: Rescue) -> bool:
    before = len(rescue.changed)
    for number, part in enumerate(course.parts, start=1):
        rescue.decide("attempt", alternative=alternative.id, changed=course.changed, parts=course.parts[number - 1 :])
        if not isinstance(await rescue.attempt(part), Succeeded):
            if rescue.has_landed_otherwise:
                # Only the same part finds in memory what it has done; any other would do that again.
                rescue.instead(course.parts[number - 1 :], course.changed if number == 1 else "", course.left_out)
            return False
        if number < len(course.parts):
            rescue.did(part, course.parts[number:])
    rescue.changed[before:] = [course.changed]
    rescue.missed += [undone(course.left_out)] if course.left_out else []
    return True
