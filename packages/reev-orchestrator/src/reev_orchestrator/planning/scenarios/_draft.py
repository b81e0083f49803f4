"""The steps of a scenario while they are thought of, with the assumptions that they rest on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from reev_orchestrator.language import ReadStep
from reev_orchestrator.planning._effects import share_mint
from reev_orchestrator.planning._ledger import Ledger
from reev_types.amounts import Amount, StepAmount, format_ui
from reev_types.errors import TextPlace, UserError
from reev_types.intents import Intent, LendDepositIntent, LendWithdrawIntent, SwapIntent
from reev_types.tokens import find_token, symbol_of

__all__ = ["Draft", "Expansion"]


class Expansion(NamedTuple):
    """Steps, what was assumed, and the template that frames the flow, None for the one that its steps come to."""

    steps: tuple[ReadStep, ...]
    assumptions: tuple[str, ...] = ()
    template: str | None = None


@dataclass
class Draft:
    """Collects steps and assumptions for the wallet of ``ledger``; ``place`` is where the scenario is named."""

    ledger: Ledger
    place: TextPlace
    steps: list[ReadStep] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)

    def swap(self, mint: str, amount: Amount, target: str) -> str:
        """Add an exchange and return its step id."""
        return self._add("swap", SwapIntent(input_mint=mint, output_mint=target, amount=amount))

    def lend(self, mint: str, amount: Amount) -> str:
        """Add a deposit and return its step id; raises UserError ``not_lendable`` for a token without a vault."""
        if share_mint(mint) is None:
            raise self.refusal(
                "not_lendable", f"Jupiter has no lending vault for {symbol_of(mint)}", "name USDC or SOL"
            )
        return self._add("lend", LendDepositIntent(mint=mint, amount=amount))

    def lend_proceeds(self, mint: str, step_id: str) -> str:
        """Add the deposit of what a step brings."""
        return self.lend(mint, StepAmount(step_id=step_id))

    def withdraw(self, mint: str, amount: Amount) -> str:
        """Add a withdrawal from lending and return its step id."""
        return self._add("withdraw", LendWithdrawIntent(mint=mint, amount=amount))

    def assume(self, *lines: str) -> None:
        """Note what was decided for the person."""
        self.assumptions += lines

    def told(self, mint: str, raw: int) -> str:
        """Return an amount as people read it."""
        token = find_token(mint)
        return f"{format_ui(raw, token.decimals)} {token.symbol}"

    def refusal(self, code: str, message: str, *suggestions: str) -> UserError:
        """Return a UserError at the place of the scenario."""
        return UserError(code, message, place=self.place, suggestions=suggestions)

    def expansion(self, template: str) -> Expansion:
        """Return what came of it; ``template`` is a name in ``scenarios``."""
        return Expansion(tuple(self.steps), tuple(self.assumptions), f"scenarios/{template}")

    def _add(self, prefix: str, intent: Intent) -> str:
        step_id = f"{prefix}_{len(self.steps) + 1}"
        self.steps.append(ReadStep(step_id, intent, self.place))
        return step_id
