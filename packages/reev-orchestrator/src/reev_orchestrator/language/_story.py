"""What the clauses read so far do, so that later ones can speak of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from reev_types.errors import TextPlace, UserError
from reev_types.intents import Intent
from reev_types.tokens import Token

from ._cursor import Cursor
from ._quantities import Asset, Everything, Number, Part, Produce
from ._questions import ask_which_amount, ask_which_reading
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
    _kept: Asset | None = None
    _kept_after: int = 0
    _taken: Asset | None = None

    @property
    def brings_something(self) -> bool:
        """Whether an earlier step brings something that no later one has used."""
        return any(not product.spoken_for for product in self._products)

    @property
    def brings_several(self) -> bool:
        """Whether several earlier steps bring something that no later one has used."""
        return sum(not product.spoken_for for product in self._products) > 1

    def tell(self, prefix: str, intent: Intent, place: TextPlace, brings: Token | None = None) -> str:
        """Add a step and return its id, such as ``swap_1``."""
        if self._taken is not None:
            raise _unused(self._taken)
        step_id = f"{prefix}_{len(self.steps) + 1}"
        self.steps.append(ReadStep(step_id, intent, place))
        if brings is not None:
            self._products.append(_Product(step_id, brings))
        return step_id

    def wish(self, token: Token, multiple: Decimal, step_id: str, place: TextPlace) -> None:
        """Add a goal that a step serves."""
        self.goals.append(GoalWish(token.mint, multiple, step_id, place))

    def keep(self, asset: Asset, place: TextPlace) -> None:
        """Note what ``the rest`` leaves behind; raises ``ask_which_amount`` when something is kept already."""
        if self._kept is not None:
            raise ask_which_amount(place, "two amounts to keep", "say one thing after the other")
        self._kept, self._kept_after = asset, len(self.steps)

    def take(self, asset: Asset) -> None:
        """Note what the next clause calls ``it``; raises ``ask_which_reading`` when something is taken already."""
        if self._taken is not None:
            raise _unused(self._taken)
        self._taken = asset

    def taken(self) -> Asset | None:
        """Return what the clause before took, once."""
        asset, self._taken = self._taken, None
        return asset

    def rest(self, token: Token | None, place: TextPlace) -> Asset | None:
        """Return all but what is kept, of ``token`` or of what is kept, or None where nothing such is kept."""
        kept = self._kept
        meant = token or (kept.token if kept and not self.brings_something else None)
        if kept is None or meant is None or kept.token not in (None, meant) or self.may_mean_product(meant):
            return None
        if isinstance(kept.quantity, Part) and len(self.steps) > self._kept_after:
            return None  # a part of what there was is no part of what is left
        self._kept = None
        if isinstance(kept.quantity, Part):
            return Asset(Part(1 - kept.quantity.fraction, place), meant, place)
        assert isinstance(kept.quantity, Number), "numbers and parts are kept"
        return Asset(Everything(place, kept.quantity), meant, place)

    def check_used(self) -> None:
        """Raise ``ask_which_reading`` when something was kept or taken and no clause speaks of it."""
        for asset in (self._kept, self._taken):
            if asset is not None:
                raise _unused(asset)

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


def _unused(asset: Asset) -> UserError:
    return ask_which_reading(
        asset.place, "it is not said what this is for", "keep 0.1 SOL and swap the rest to USDC", "give one amount"
    )
