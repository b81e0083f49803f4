"""From a sentence to typed intents: tokeniser, grammar, questions and the normalised echo.

``parse`` reads a sentence or raises a UserError with the place in it; ``pointed_at`` draws the caret under that place.
Nothing here looks at a wallet, a price or a clock.
"""

from ._caret import pointed_at
from ._echo import clause_of
from ._readings import Correction, GoalWish, Reading, ReadStep
from ._sentence import MAX_CLAUSES, parse

__all__ = ["MAX_CLAUSES", "Correction", "GoalWish", "ReadStep", "Reading", "clause_of", "parse", "pointed_at"]
