"""Faults drawn at random, always the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from hashlib import sha256

from reev_types.faults import (
    Delay,
    DropBeforeSend,
    Fault,
    Garbage,
    JupiterOutage,
    LostReply,
    PriceMove,
    RateLimited,
    ServerError,
    StaleBlockhash,
    VaultWithoutLiquidity,
)
from reev_types.tokens import SOL_MINT, find_token

__all__ = ["random_faults"]

_SCALE = 1_000_000
_MOST_PER_STEP = 3
_ATTEMPTS: tuple[tuple[int, ...], ...] = ((1,), (1,), (1,), (2,), (1, 2), (1, 2, 3))
_LENT = (SOL_MINT, find_token("USDC").mint)


def random_faults(seed: int, step_ids: Sequence[str], *, rate: Decimal) -> tuple[Fault, ...]:
    """Return faults for the steps: each has one with the probability ``rate``, and having one, another, up to three.

    Every kind is drawn as often as any other; half of them strike the first attempt only, no one beyond the third.
    """
    faults: list[Fault] = []
    for step_id in step_ids:
        draw = _Draws(f"{seed}/{step_id}")
        for _ in range(_MOST_PER_STEP):
            if draw.below(_SCALE) >= rate * _SCALE:
                break
            faults.append(_fault(draw, step_id))
    return tuple(faults)


class _Draws:
    """Whole numbers out of a name."""

    def __init__(self, name: str) -> None:
        self._numbers = self._all(name)

    def below(self, bound: int) -> int:
        """Return a number from 0 to ``bound`` - 1."""
        return next(self._numbers) % bound

    @staticmethod
    def _all(name: str) -> Iterator[int]:
        count = 0
        while True:
            yield int.from_bytes(sha256(f"reev faults/{name}/{count}".encode()).digest()[:8])
            count += 1


def _fault(draw: _Draws, step_id: str) -> Fault:
    made = _KINDS[draw.below(len(_KINDS))](draw)
    return made.model_copy(update={"step": step_id, "attempts": _ATTEMPTS[draw.below(len(_ATTEMPTS))]})


_KINDS: tuple[Callable[[_Draws], Fault], ...] = (
    lambda _: DropBeforeSend(),
    lambda _: LostReply(),
    lambda draw: Delay(seconds=1 + draw.below(10)),
    lambda _: StaleBlockhash(),
    lambda draw: RateLimited(retry_after_s=(None, 1, 5)[draw.below(3)]),
    lambda _: ServerError(),
    lambda _: Garbage(),
    lambda _: JupiterOutage(),
    lambda draw: PriceMove(bps=50 + draw.below(250)),
    lambda draw: VaultWithoutLiquidity(mint=_LENT[draw.below(len(_LENT))]),
)
