"""Models that pydantic-ai knows how to reach, Anthropic's and Google's among them, behind ``ChatModel``.

Needs the extra ``pydantic-ai`` and is imported only where such a model is named; the loop and the records are reev's.
"""

from ._infer import check_model, infer_model
from ._model import PydanticAiModel

__all__ = ["PydanticAiModel", "check_model", "infer_model"]
