"""Models by name: what each name means, what it needs from the environment, and the model behind it.

``resolve_model`` reads a name and touches no network; ``open_model`` makes the model.
"""

from ._families import FAMILIES, Family, resolve_model
from ._open import open_model
from ._specs import EndpointSpec, ModelSpec, PydanticAiSpec, ReplaySpec, ScriptSpec

__all__ = [
    "FAMILIES",
    "EndpointSpec",
    "Family",
    "ModelSpec",
    "PydanticAiSpec",
    "ReplaySpec",
    "ScriptSpec",
    "open_model",
    "resolve_model",
]
