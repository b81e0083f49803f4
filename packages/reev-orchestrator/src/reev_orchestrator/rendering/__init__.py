"""Prompts out of templates: rendering, the catalogue, and the check of a folder of templates.

``TemplateRenderer`` makes the text of a step, ``validate`` says what is wrong with templates, by file and line.
"""

from ._cards import FlowPattern, TemplateCard
from ._catalogue import Catalogue
from ._environment import BUNDLED, RenderMetrics
from ._renderer import TemplateRenderer
from ._validate import Finding, validate

__all__ = [
    "BUNDLED",
    "Catalogue",
    "Finding",
    "FlowPattern",
    "RenderMetrics",
    "TemplateCard",
    "TemplateRenderer",
    "validate",
]
