"""Spans of a run: ``benchmark`` over ``step`` over ``context``, ``invoke_agent`` and, where it acts, ``transaction``.

A step that is recovered has ``recovery`` over ``recovery_attempt``, over what a step has; recovery is measured, too.
The verdict is an event of the benchmark's span. Only OpenTelemetry's API is used; with nothing set up, no span is made.
"""

from ._run import SILENT, RunTelemetry

__all__ = ["SILENT", "RunTelemetry"]
