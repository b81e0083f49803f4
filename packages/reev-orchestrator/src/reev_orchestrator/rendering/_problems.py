"""What is wrong with a template, as an error that its author can act on."""

from __future__ import annotations

import traceback

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError, TemplateError

from reev_types.errors import FilePlace, UsageError

from ._environment import SUFFIX
from ._text import line

__all__ = ["TEMPLATE_FAILURES", "explained"]

TEMPLATE_FAILURES = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError, OSError)
"""What compiling and rendering a template may raise when the template is wrong."""


def explained(error: Exception) -> UsageError:
    """Return a UsageError with file and line for what a template raised."""
    return UsageError(_code(error), line(_message(error)), place=_place(error))


def _code(error: Exception) -> str:
    match error:
        case TemplateSyntaxError():
            return "template_syntax"
        case TemplateNotFound():
            return "template_missing"
        case UndefinedError():
            return "template_undefined"
        case SecurityError():
            return "template_unsafe"
        case _:
            return "template_failed"


def _message(error: Exception) -> str:
    if isinstance(error, TemplateNotFound):
        return f"there is no template file {error.name}"
    return str(error) or type(error).__name__


def _place(error: Exception) -> FilePlace | None:
    if isinstance(error, TemplateSyntaxError):
        return FilePlace(error.filename or "", error.lineno)
    # jinja2 rewrites tracebacks so that frames carry the template's file and line.
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(SUFFIX)]
    return FilePlace(frames[-1].filename, frames[-1].lineno or 0) if frames else None
