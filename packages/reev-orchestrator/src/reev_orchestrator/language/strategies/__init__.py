"""Sentences about strategies: a scenario with its amounts, and advice that changes nothing.

``read_strategy`` reads a whole sentence, ``speaks_of_strategy`` tells which sentences it is for, ``sentence_of`` says a
scenario again; ``STABLE`` are the tokens that an exit may end in.
"""

from ._advice import without_whiles
from ._echo import sentence_of
from ._exiting import STABLE
from ._grammar import read_strategy, speaks_of_strategy

__all__ = ["STABLE", "read_strategy", "sentence_of", "speaks_of_strategy", "without_whiles"]
