"""When which fault strikes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import TypeVar

from reev_tools.jupiter import Quote
from reev_types.chain import AccountState, SandboxChain
from reev_types.faults import (
    Delay,
    DropBeforeSend,
    Fault,
    FaultWindow,
    LostReply,
    PriceMove,
    StaleBlockhash,
    VaultWithoutLiquidity,
)
from reev_types.recovery_events import FaultInjected

from ._effects import carry_out
from ._lending import accounts_after_lending
from ._prices import accounts_after_move

__all__ = ["FaultSchedule"]

F = TypeVar("F", bound=FaultWindow)

_EXPIRY_SLOTS = 151
_EXPIRY_SECONDS = 60


class FaultSchedule:
    """Tells the wrappers which of ``faults`` strike, and carries out on ``chain`` what they do to its state.

    A fault strikes every operation that it concerns while its window is open. Those of sending (``drop_before_send``,
    ``lost_reply``, ``delay``, ``stale_blockhash``) strike only the first one of an attempt, and ``price_move`` only
    its first swap, unless they have ``until_s``: an outage strikes all. Nothing strikes before ``at`` or after
    ``end``.

    ``chain`` is the one beneath every wrapper; ``sleep`` lets so many seconds pass there. ``report`` gets each event
    before it is carried out, so that a journal that has it can repeat it by ``carry_out``.
    """

    def __init__(
        self,
        faults: Sequence[Fault],
        chain: SandboxChain,
        *,
        sleep: Callable[[float], Awaitable[None]],
        report: Callable[[FaultInjected], None] | None = None,
    ) -> None:
        self._faults = tuple(faults)
        self._vaults = tuple(dict.fromkeys(each.mint for each in self._of(VaultWithoutLiquidity)))
        self._chain = chain
        self._sleep = sleep
        self._report = report
        self._began = 0
        self._step_id, self._attempt, self._sent = "", 0, 0
        self._quote: Quote | None = None
        self._moved = False

    def begin(self, unix_timestamp: int) -> None:
        """Count ``from_s`` and ``until_s`` from the chain's time when the flow began."""
        self._began = unix_timestamp

    def at(self, step_id: str, attempt: int, *, sent: int = 0) -> None:
        """Say which attempt comes next; ``sent`` is how much of it was sent before an interruption."""
        self._step_id, self._attempt, self._sent = step_id, attempt, sent
        self._quote, self._moved = None, sent > 0

    async def end(self) -> None:
        """Let nothing strike any more, and undo what lasts; call it before the state is judged."""
        self._attempt = 0
        await self.refresh()

    def quoted(self, quote: Quote) -> None:
        """Take note of the route that the next transaction is for."""
        self._quote = quote

    async def refresh(self) -> None:
        """Bring the chain to what the present moment asks for; the wrappers do so before every operation."""
        for mint in self._vaults:
            striking = [each for each in await self.striking(VaultWithoutLiquidity) if each.mint == mint]
            accounts = await accounts_after_lending(self._chain, mint, lent=bool(striking))
            if accounts:
                words = "the liquidity is lent" if striking else "the liquidity is back"
                await carry_out(
                    self.tell("vault_without_liquidity", f"{words}: {mint}", accounts=accounts), self._chain
                )

    async def striking(self, kind: type[F]) -> list[F]:
        """Return the faults of a kind whose window is open."""
        faults = list(self._of(kind))
        if not faults or not self._attempt:
            return []
        elapsed_s = (await self._chain.clock()).unix_timestamp - self._began
        return [fault for fault in faults if _is_open(fault, self._step_id, self._attempt, elapsed_s)]

    async def before_sending(self) -> tuple[DropBeforeSend | None, LostReply | None]:
        """Do what happens before a transaction is sent; return the broken connections that it then meets."""
        self._sent, is_first = self._sent + 1, self._sent == 0
        for delay in await self._sending(Delay, is_first):
            self.tell(delay.kind, f"{delay.seconds} s")
            await self._sleep(delay.seconds)
        for stale in await self._sending(StaleBlockhash, is_first):
            await carry_out(self.tell(stale.kind, slots=_EXPIRY_SLOTS, seconds=_EXPIRY_SECONDS), self._chain)
        await self.refresh()  # after whatever time that took
        await self._move_price()
        dropped = await self._sending(DropBeforeSend, is_first)
        lost = await self._sending(LostReply, is_first)
        return next(iter(dropped), None), next(iter(lost), None)

    def tell(
        self, kind: str, detail: str = "", *, accounts: tuple[AccountState, ...] = (), slots: int = 0, seconds: int = 0
    ) -> FaultInjected:
        """Report a fault, and return the report."""
        event = FaultInjected(
            step_id=self._step_id,
            attempt=self._attempt,
            kind=kind,
            detail=detail,
            accounts=accounts,
            slots=slots,
            seconds=seconds,
        )
        if self._report is not None:
            self._report(event)
        return event

    async def _move_price(self) -> None:
        quote, self._quote = self._quote, None
        if quote is None:
            return
        is_first, self._moved = not self._moved, True
        for move in await self._sending(PriceMove, is_first):
            accounts = await accounts_after_move(self._chain, quote, move.bps)
            await carry_out(self.tell(move.kind, f"{move.bps} bps", accounts=accounts), self._chain)

    async def _sending(self, kind: type[F], is_first: bool) -> list[F]:
        return [fault for fault in await self.striking(kind) if is_first or fault.until_s is not None]

    def _of(self, kind: type[F]) -> Iterator[F]:
        return (fault for fault in self._faults if isinstance(fault, kind))


def _is_open(window: FaultWindow, step_id: str, attempt: int, elapsed_s: int) -> bool:
    if window.step not in (None, step_id) or (window.attempts and attempt not in window.attempts):
        return False
    return window.from_s <= elapsed_s and (window.until_s is None or elapsed_s < window.until_s)
