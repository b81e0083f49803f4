"""Spans by OpenTelemetry's conventions for generative AI: ``invoke_agent``, ``chat`` and ``execute_tool``.

Only the API is used, and only once a step runs; without an SDK nothing is collected. Content is left out unless
asked for.
"""

from ._telemetry import Telemetry

__all__ = ["Telemetry"]
