"""Scenarios on a wallet: which steps they come to, and what was decided for the person on the way.

``expand`` returns steps like those of an ordinary sentence, the assumptions behind them, and the template that frames
them; it raises UserError where there is nothing to do.
"""

from ._expand import Expansion, expand

__all__ = ["Expansion", "expand"]
