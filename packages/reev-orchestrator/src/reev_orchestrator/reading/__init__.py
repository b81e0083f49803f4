"""Who reads a sentence: the grammar, and for what lies outside it a language model that is held to the sentence.

``SentenceReader`` is the Protocol. ``ModelReader`` asks an ``AnsweringModel`` and takes its answer for data: nothing in
it counts that the sentence does not name.
"""

from ._grammar import GrammarReader, SentenceReader
from ._model import AnsweringModel, ModelReader

__all__ = ["AnsweringModel", "GrammarReader", "ModelReader", "SentenceReader"]
