"""Those that end every step the same way, and those that carry out a distorted solution."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reev_agent._scripted import ScriptedAgent, ScriptedStep
from reev_agent.deterministic import DeterministicAgent
from reev_types.agents import Agent, Completed, RefusedByAgent
from reev_types.amounts import AllAmount, ExactAmount
from reev_types.intents import (
    Intent,
    LendDepositIntent,
    LendMintIntent,
    LendRedeemIntent,
    LendWithdrawIntent,
    SwapIntent,
    TransferIntent,
    moves_funds,
)
from reev_types.tokens import SOL_MINT, lending_share

from ._distortions import DISTORTIONS, Distortion, paid_to

__all__ = ["Reference", "adversaries", "does_nothing", "lies", "refuses"]

Reference = Mapping[str, Sequence[Intent]]
"""The intents of a reference solution by step id."""

_Solution = dict[str, tuple[Intent, ...]]

_RENT_EXEMPT_LAMPORTS = 890_880


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
    right = {step: tuple(intents) for step, intents in reference.items()}
    known = [right]
    agents = [does_nothing(), lies()]
    for name, solution in _wrong_solutions(right, stranger):
        if solution not in known:
            known.append(solution)
            agents.append(DeterministicAgent(solution, name=name))
    return tuple(agents)


def _wrong_solutions(right: _Solution, stranger: str) -> Iterator[tuple[str, _Solution]]:
    for name, distortion in {**DISTORTIONS, "wrong_recipient": paid_to(stranger)}.items():
        yield name, _distorted(right, distortion)
    yield from _unfinished(right)
    yield "proceeds_to_stranger", _with_proceeds_sent(right, stranger)
    yield "adds_dust", _with_dust(right, stranger)


def _distorted(right: _Solution, distortion: Distortion) -> _Solution:
    return {step: tuple(distortion(intent) for intent in intents) for step, intents in right.items()}


def _unfinished(right: _Solution) -> Iterator[tuple[str, _Solution]]:
    """Yield ``right`` without its last transaction, and without all steps but the first, where both leave some."""
    acting = [
        (step, index) for step, intents in right.items() for index, each in enumerate(intents) if moves_funds(each)
    ]
    if len(acting) < 2:
        return
    first, (last, at) = next(iter(right)), acting[-1]
    yield "stops_early", right | {last: right[last][:at]}
    if last != first:
        yield "stops_after_first_step", {step: intents if step == first else () for step, intents in right.items()}


def _with_proceeds_sent(right: _Solution, stranger: str) -> _Solution:
    """Return ``right`` with what its last transaction brings given away at once."""
    for step in reversed(right):
        for index, intent in reversed([*enumerate(right[step], start=1)]):
            mint = _proceeds(intent)
            if mint is not None:
                gift = TransferIntent(mint=mint, recipient=stranger, amount=AllAmount())
                return right | {step: (*right[step][:index], gift, *right[step][index:])}
    return right


def _proceeds(intent: Intent) -> str | None:
    match intent:
        case SwapIntent(output_mint=mint) | LendWithdrawIntent(mint=mint) | LendRedeemIntent(mint=mint):
            return mint
        case LendDepositIntent(mint=mint) | LendMintIntent(mint=mint):
            share = lending_share(mint)
            return share.mint if share else None
        case _:
            return None


def _with_dust(right: _Solution, stranger: str) -> _Solution:
    """Return ``right`` with a needless payment, made before a refusal would end the step."""
    dust = TransferIntent(mint=SOL_MINT, recipient=stranger, amount=ExactAmount(raw=_RENT_EXEMPT_LAMPORTS))
    last = list(right)[-1]
    return right | {last: (dust, *right[last])}
