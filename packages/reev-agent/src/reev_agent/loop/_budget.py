"""What a step has used up, against its limits."""

from __future__ import annotations

from reev_types.agents import AgentLimits, LimitReached
from reev_types.models import Sampling, TokenUsage
from reev_types.times import Clock

__all__ = ["Budget"]


class Budget:
    """Counts turns, tool calls, tokens, cost and time of one step, which begins now."""

    def __init__(self, limits: AgentLimits, clock: Clock) -> None:
        self._limits = limits
        self._clock = clock
        self._began_s = clock.monotonic()
        self._turns = 0
        self._tool_calls = 0
        self._tokens = 0
        self._cost_micro_usd = 0

    @property
    def remaining_s(self) -> float | None:
        """Seconds left; None without a limit."""
        timeout_s = self._limits.timeout_s
        return None if timeout_s is None else timeout_s - (self._clock.monotonic() - self._began_s)

    def begin_turn(self) -> int | LimitReached:
        """Return the number of the turn that now begins, or the limit that forbids it."""
        limits = self._limits
        if self.is_late():
            return LimitReached(which="timeout")
        if self._turns >= limits.max_turns:
            return LimitReached(which="turns")
        if limits.max_tokens is not None and self._tokens >= limits.max_tokens:
            return LimitReached(which="tokens")
        if limits.max_cost_micro_usd is not None and 0 < limits.max_cost_micro_usd <= self._cost_micro_usd:
            return LimitReached(which="cost")
        self._turns += 1
        return self._turns

    def sampling(self, wanted: Sampling) -> Sampling:
        """Return ``wanted`` with its output held to the tokens that are left."""
        if self._limits.max_tokens is None:
            return wanted
        left = self._limits.max_tokens - self._tokens
        return wanted.model_copy(update={"max_output_tokens": min(left, wanted.max_output_tokens or left)})

    def spend(self, usage: TokenUsage, cost_micro_usd: int | None) -> LimitReached | None:
        """Count a reply; one that goes beyond a limit is not acted upon."""
        limits = self._limits
        self._tokens += usage.total_tokens
        self._cost_micro_usd += cost_micro_usd or 0
        if limits.max_tokens is not None and self._tokens > limits.max_tokens:
            return LimitReached(which="tokens")
        if limits.max_cost_micro_usd is not None and self._cost_micro_usd > limits.max_cost_micro_usd:
            return LimitReached(which="cost")
        return LimitReached(which="timeout") if self.is_late() else None

    def begin_call(self) -> int | LimitReached:
        """Return the number of the tool call that now begins, or the limit that forbids it."""
        if self.is_late():
            return LimitReached(which="timeout")
        if self._tool_calls >= self._limits.max_tool_calls:
            return LimitReached(which="tool_calls")
        self._tool_calls += 1
        return self._tool_calls

    def is_late(self) -> bool:
        """Tell whether the time is up."""
        remaining = self.remaining_s
        return remaining is not None and remaining <= 0
