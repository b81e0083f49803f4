"""The base of the API's own models: frozen, closed to unknown fields."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

__all__ = ["ApiModel"]


class ApiModel(BaseModel):
    """A frozen record that refuses unknown fields; docstrings of fields become their description."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)
