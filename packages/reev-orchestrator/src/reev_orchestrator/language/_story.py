"""What the clauses read so far do, so that later ones can speak of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from reev_types.errors import TextPlace
from reev_types.intents import Intent
from reev_types.tokens import Token

from ._cursor import Cursor
from ._quantities import Produce
from ._questions import ask_which_reading
from ._readings import Correction, GoalWish, ReadStep

__all__ = ["Story"]


@dataclass
class _Product:
    step_id: str
    token: Token
    spoken_for: bool = False


@dataclass
class Story:
    """The steps so far, what they bring, and what was corrected or wished for on the way."""

    cursor: Cursor
    corrections: list[Correction] = field(default_factory=list)
    steps: list[ReadStep] = field(default_factory=list)
    goals: list[GoalWish] = field(default_factory=list)
    _products: list[_Product] = field(default_factory=list)

    @property
    def brings_something(self) -> bool:
        """Whether an earlier step brings something that no later one has used."""
        return any(not product.spoken_for for product in self._products)

    def tell(self, prefix: str, intent: Intent, place: TextPlace, brings: Token | None = None) -> str:
        """Add a step and return its id, such as ``swap_1``."""
        step_id = f"{prefix}_{len(self.steps) + 1}"
        self.steps.append(ReadStep(step_id, intent, place))
        if brings is not None:
            self._products.append(_Product(step_id, brings))
        return step_id

    def wish(self, token: Token, multiple: Decimal, step_id: str, place: TextPlace) -> None:
        """Add a goal that a step serves."""
        self.goals.append(GoalWish(token.mint, multiple, step_id, place))

    def latest(self, place: TextPlace) -> tuple[Produce, Token]:
        """Return what the step just before brings; raises ``ask_which_reading`` when that is nothing."""
        last = self._products[-1] if self._products else None
        if last is None or last.spoken_for or last.step_id != self.steps[-1].step_id:
            raise ask_which_reading(place, "it is not clear what this refers to", "name the amount and the token")
        last.spoken_for = True
        return Produce(last.step_id, place, pointed=True), last.token

    def product(self, token: Token, place: TextPlace) -> Produce | None:
        """Return what an earlier step brings of ``token``; raises ``ask_which_reading`` when several do."""
        found = [product for product in self._products if product.token == token and not product.spoken_for]
        if len(found) > 1:
            raise ask_which_reading(
                place, f"several steps bring {token.symbol}", f"say the {token.symbol} from step {len(self.steps)}"
            )
        if not found:
            return None
        found[0].spoken_for = True
        return Produce(found[0].step_id, place)

    def may_mean_product(self, token: Token) -> bool:
        """Tell whether an earlier step brings ``token`` and nothing has used it."""
        return any(product.token == token and not product.spoken_for for product in self._products)

    def numbered(self, number: int, token: Token, place: TextPlace) -> Produce:
        """Return what step ``number`` (from 1) brings of ``token``; raises ``ask_which_reading`` otherwise."""
        for product in self._products:
            if product.step_id.endswith(f"_{number}") and product.token == token and not product.spoken_for:
                product.spoken_for = True
                return Produce(product.step_id, place)
        raise ask_which_reading(place, f"step {number} leaves no {token.symbol} to use")
