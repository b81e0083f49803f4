"""The same again, later: delays that grow, spread by the run's seed, for failures that may pass."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256

from reev_types.recovery import RecoveryConfig, StepFailure

from ._attempts import Rescue
from ._classes import is_permanent
from ._steps import Succeeded
from ._strategy import Passed, Repaired, StrategyResult

__all__ = ["RetryStrategy"]


class RetryStrategy:
    """Attempts what is left of the step again, up to ``config.retry_attempts`` times after the first attempt.

    The n-th delay is half of ``min(base · multiplier^(n−1), max)`` and a share of the other half, which a hash of seed,
    flow, step and attempt decides: equal jitter. When the failure says to come back later, that is waited for instead.
    """

    def __init__(self, config: RecoveryConfig, *, seed: int, flow: str) -> None:
        self._config = config
        self._seed = seed
        self._flow = flow

    @property
    def name(self) -> str:
        """``retry``."""
        return "retry"

    async def recover(self, rescue: Rescue) -> StrategyResult:
        """Attempt again until it works, a failure is permanent, or the attempts are used up."""
        while (reason := self._reason_to_stop(rescue.failure)) is None:
            delay_ms = self.delay_ms(rescue.failure)
            rescue.decide("wait", reason=rescue.failure.code, wait_ms=delay_ms)
            await rescue.time.sleep(delay_ms / 1_000)
            if isinstance(await rescue.attempt_rest(), Succeeded):
                return Repaired()
        rescue.decide("pass", reason=reason)
        return Passed()

    def delay_ms(self, failure: StepFailure) -> int:
        """Return how long to wait after ``failure``, in milliseconds."""
        ceiling_ms = self._ceiling_ms(failure.attempt)
        half_ms = ceiling_ms // 2
        jittered_ms = half_ms + self._jitter(failure) % (ceiling_ms - half_ms + 1)
        return max(jittered_ms, failure.retry_after_ms or 0)

    def _reason_to_stop(self, failure: StepFailure) -> str | None:
        if is_permanent(failure):
            return "permanent"
        return "attempts_used_up" if failure.attempt > self._config.retry_attempts else None

    def _ceiling_ms(self, number: int) -> int:
        longest = Decimal(self._config.max_retry_delay_ms)
        delay = Decimal(self._config.base_retry_delay_ms)
        for _ in range(number - 1):
            delay = min(longest, delay * self._config.backoff_multiplier)
        return int(min(longest, delay))

    def _jitter(self, failure: StepFailure) -> int:
        text = f"{self._seed}\n{self._flow}\n{failure.step_id}\n{failure.attempt}"
        return int.from_bytes(sha256(text.encode()).digest()[:8])
