"""Spans by OpenTelemetry's conventions for generative AI: ``invoke_agent``, ``chat`` and ``execute_tool``.

Only the API is used, and only where the process has set up a provider or was given one. Content is left out unless
asked for.
"""

from ._span import Attributes, OpenSpan
from ._telemetry import ChatSpan, Telemetry, ToolSpan, content_is_wanted

__all__ = ["Attributes", "ChatSpan", "OpenSpan", "Telemetry", "ToolSpan", "content_is_wanted"]
