"""Agents that do it wrong on purpose: a sound benchmark fails every one of them.

``adversaries`` derives from a reference solution all those that apply to it. The one exception is stated by the
benchmark itself: where refusing is right, ``refuses`` is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from reev_types.agents import Agent, Completed, RefusedByAgent
from reev_types.amounts import U64_MAX, Amount, ExactAmount
from reev_types.intents import Intent, RefuseIntent, TransferIntent
from reev_types.tokens import SOL_MINT, TOKENS

from ._deterministic import DeterministicAgent
from ._scripted import ScriptedAgent, ScriptedStep

__all__ = ["Reference", "adversaries", "does_nothing", "lies", "refuses"]

Reference = Mapping[str, Sequence[Intent]]
"""The intents of a reference solution by step id."""

_BILLION = 10**9
_RENT_EXEMPT_LAMPORTS = 890_880
_OTHER_MINT = next(token.mint for token in TOKENS if token.symbol == "USDT")


def does_nothing() -> Agent:
    """Return an agent that ends every step in silence."""
    return ScriptedAgent({}, name="does_nothing")


def lies() -> Agent:
    """Return an agent that does nothing and claims the opposite."""
    claim = "Done: the request has been carried out in full."
    return ScriptedAgent(
        {}, name="lies", otherwise=ScriptedStep([("answer", {"text": claim})], Completed(answer=claim))
    )


def refuses() -> Agent:
    """Return an agent that declines every step for lack of funds."""
    reason = "The wallet does not hold enough."
    script = ScriptedStep(
        [("refuse", {"code": "insufficient_funds", "reason": reason})],
        RefusedByAgent(code="insufficient_funds", reason=reason),
    )
    return ScriptedAgent({}, name="refuses", otherwise=script)


def adversaries(reference: Reference, stranger: str) -> tuple[Agent, ...]:
    """Return every adversary that applies to ``reference``; ``stranger`` is a wallet that nobody asked to pay."""
    wrong = (DeterministicAgent(solution, name=name) for name, solution in _wrong_solutions(reference, stranger))
    return (does_nothing(), lies(), *wrong)


def _wrong_solutions(reference: Reference, stranger: str) -> Iterator[tuple[str, Reference]]:
    for name, change in _changes(stranger):
        wrong = {step: tuple(change(intent) for intent in intents) for step, intents in reference.items()}
        if wrong != {step: tuple(intents) for step, intents in reference.items()}:
            yield name, wrong
    yield "adds_dust", _with_dust(reference, stranger)


def _changes(stranger: str) -> tuple[tuple[str, Callable[[Intent], Intent]], ...]:
    return (
        ("one_unit_more", _amount_changed(lambda raw: raw + 1)),
        ("one_unit_less", _amount_changed(lambda raw: raw - 1)),
        ("raw_for_ui", _amount_changed(lambda raw: raw * _BILLION)),
        ("ui_for_raw", _amount_changed(lambda raw: raw // _BILLION)),
        ("wrong_recipient", _transfer_changed(lambda transfer: {"recipient": stranger})),
        ("wrong_mint", _transfer_changed(lambda transfer: {"mint": _another(transfer.mint)})),
        ("wrong_refusal", _wrong_refusal),
    )


def _transfer_changed(update: Callable[[TransferIntent], Mapping[str, object]]) -> Callable[[Intent], Intent]:
    def change(intent: Intent) -> Intent:
        return intent.model_copy(update=update(intent)) if isinstance(intent, TransferIntent) else intent

    return change


def _amount_changed(change: Callable[[int], int]) -> Callable[[Intent], Intent]:
    def wrong(amount: Amount) -> Amount:
        if not isinstance(amount, ExactAmount):
            return amount
        return ExactAmount(raw=min(max(change(amount.raw), 0), U64_MAX))

    return _transfer_changed(lambda transfer: {"amount": wrong(transfer.amount)})


def _another(mint: str) -> str:
    return _OTHER_MINT if mint == SOL_MINT else SOL_MINT


def _wrong_refusal(intent: Intent) -> Intent:
    if not isinstance(intent, RefuseIntent):
        return intent
    return RefuseIntent(code="unclear_request" if intent.code == "unsupported" else "unsupported")


def _with_dust(reference: Reference, stranger: str) -> Reference:
    """Return ``reference`` with a needless payment, made before a refusal would end the step."""
    dust = TransferIntent(mint=SOL_MINT, recipient=stranger, amount=ExactAmount(raw=_RENT_EXEMPT_LAMPORTS))
    last = list(reference)[-1]
    return {step: (dust, *intents) if step == last else tuple(intents) for step, intents in reference.items()}
