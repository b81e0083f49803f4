"""Prompts for agents, rendered from templates.

``TemplateRenderer`` turns a step and what is known of the wallet into the text that an agent reads. Whatever
comes from a chain or a file appears in it as data.
"""

from ._renderer import TemplateRenderer

__all__ = ["TemplateRenderer"]
