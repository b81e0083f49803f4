"""Options declared once, in groups that several commands take whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from inspect import Parameter, Signature, signature
from typing import get_type_hints

__all__ = ["grouped"]


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """Return ``command`` as typer is to see it: a parameter that is a NamedTuple stands for that class's fields.

    The fields carry ``Annotated[..., typer.Option(...)]`` and a default. Options come in the order of parameters and
    fields; the command is called with instances of the classes.
    """
    groups: dict[str, type] = {}
    options: list[Parameter] = []
    for parameter in signature(command, eval_str=True).parameters.values():
        fields = _options_of(parameter.annotation)
        if fields:
            groups[parameter.name] = parameter.annotation
        options += fields or (parameter,)

    def called(**given: object) -> None:
        made = {
            name: group(**{option.name: given.pop(option.name) for option in _options_of(group)})
            for name, group in groups.items()
        }
        command(**given, **made)

    called.__name__, called.__doc__ = command.__name__, command.__doc__
    called.__annotations__ = {option.name: option.annotation for option in options}
    # Keywords may have defaults in any order.
    called.__dict__["__signature__"] = Signature([option.replace(kind=Parameter.KEYWORD_ONLY) for option in options])
    return called


@cache
def _options_of(annotation: object) -> tuple[Parameter, ...]:
    """Return the fields of a NamedTuple as parameters; of anything else there are none."""
    if not isinstance(annotation, type) or not hasattr(annotation, "_field_defaults"):
        return ()
    defaults: dict[str, object] = annotation._field_defaults
    return tuple(
        Parameter(name, Parameter.KEYWORD_ONLY, default=defaults[name], annotation=hint)
        for name, hint in get_type_hints(annotation, include_extras=True).items()
    )
