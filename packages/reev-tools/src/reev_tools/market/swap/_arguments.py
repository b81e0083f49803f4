"""The arguments of the aggregator's instructions, to and from bytes."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

from ._borsh import DecodeError, Reader
from ._forms import FORMS, Form, form_tagged
from ._variants import VARIANTS, Variant, variant_named

__all__ = ["RouteStep", "SwapArguments", "decode_arguments", "encode_arguments"]

_WHOLE_BPS = 10_000
_BPS_PER_PERCENT = 100
_NUMBER_CODES = {"u8": "B", "u32": "I", "u64": "Q", "bool": "?"}
_SIDES = ("Bid", "Ask")


@dataclass(frozen=True, slots=True)
class RouteStep:
    """One step of a route plan: which share of input ``input_index`` is traded at which venue for what."""

    venue: str
    """The name of a variant of Jupiter's ``Swap``."""
    input_index: int
    output_index: int
    share_bps: int = _WHOLE_BPS
    venue_fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SwapArguments:
    """Everything in the data of a swap instruction; ``form`` says which one it is.

    ``amount_raw`` is what the caller fixes, the input or, of an exact-out form, the output; ``quoted_raw`` is what
    was quoted for the other side.
    """

    form: Form
    plan: tuple[RouteStep, ...]
    amount_raw: int
    quoted_raw: int
    slippage_bps: int
    platform_fee_bps: int = 0
    positive_slippage_bps: int = 0
    """Only the second forms have it; the embedded program takes 0 alone."""
    authority_id: int = 0
    """Only the shared forms have it."""

    def by_name(self) -> dict[str, int]:
        """Return the numbers under the names of Jupiter's interface, in the order of the wire."""
        amount, quoted = (
            ("out_amount", "quoted_in_amount") if self.form.exact_out else ("in_amount", "quoted_out_amount")
        )
        named = {"id": self.authority_id} if self.form.shared else {}
        named |= {amount: self.amount_raw, quoted: self.quoted_raw, "slippage_bps": self.slippage_bps}
        named["platform_fee_bps"] = self.platform_fee_bps
        return named | ({"positive_slippage_bps": self.positive_slippage_bps} if self.form.v2 else {})


def encode_arguments(arguments: SwapArguments) -> bytes:
    """Return the instruction's data.

    Raises ValueError for a share that is no whole percent in a first form, KeyError for an unknown venue or a
    missing field of one, struct.error for a number out of range.
    """
    form = arguments.form
    plan = struct.pack("<I", len(arguments.plan)) + b"".join(_encode_step(step, form.v2) for step in arguments.plan)
    codes = "<QQHHH" if form.v2 else "<QQHB"
    numbers = [arguments.amount_raw, arguments.quoted_raw, arguments.slippage_bps, arguments.platform_fee_bps]
    amounts = struct.pack(codes, *numbers, *([arguments.positive_slippage_bps] if form.v2 else []))
    head = form.tag + (bytes([arguments.authority_id]) if form.shared else b"")
    return head + (amounts + plan if form.v2 else plan + amounts)


def decode_arguments(data: bytes) -> SwapArguments:
    """Return what ``data`` says; raises DecodeError when it is no swap instruction or not exactly one."""
    reader = Reader(data)
    form = form_tagged(reader.take(8))
    if form is None:
        raise DecodeError(f"none of {', '.join(FORMS)}")
    authority_id = reader.number("B") if form.shared else 0
    plan = () if form.v2 else _decode_plan(reader, form)
    amount_raw, quoted_raw, slippage_bps = (reader.number(code) for code in "QQH")
    platform_fee_bps = reader.number("H" if form.v2 else "B")
    positive_slippage_bps = reader.number("H") if form.v2 else 0
    plan = _decode_plan(reader, form) if form.v2 else plan
    reader.finish()
    return SwapArguments(
        form=form,
        plan=plan,
        amount_raw=amount_raw,
        quoted_raw=quoted_raw,
        slippage_bps=slippage_bps,
        platform_fee_bps=platform_fee_bps,
        positive_slippage_bps=positive_slippage_bps,
        authority_id=authority_id,
    )


def _decode_plan(reader: Reader, form: Form) -> tuple[RouteStep, ...]:
    return reader.vector(lambda: _decode_step(reader, form.v2))


def _decode_step(reader: Reader, v2: bool) -> RouteStep:
    variant = reader.choice(*VARIANTS)
    fields = {name: reader.typed(kind) for name, kind in variant.fields}
    share_bps = reader.number("H") if v2 else reader.number("B") * _BPS_PER_PERCENT
    input_index, output_index = reader.number("B"), reader.number("B")
    return RouteStep(variant.name, input_index, output_index, share_bps, fields)


def _encode_step(step: RouteStep, v2: bool) -> bytes:
    variant = variant_named(step.venue)
    percent, rest = divmod(step.share_bps, _BPS_PER_PERCENT)
    if rest and not v2:
        raise ValueError(f"{step.share_bps} bps is no whole percent")
    share = struct.pack("<H", step.share_bps) if v2 else struct.pack("<B", percent)
    return _encode_venue(variant, step.venue_fields) + share + bytes([step.input_index, step.output_index])


def _encode_venue(variant: Variant, values: Mapping[str, object]) -> bytes:
    return bytes([variant.number]) + b"".join(_encode_field(kind, values[name]) for name, kind in variant.fields)


def _encode_field(kind: str, value: object) -> bytes:
    if kind == "Side":
        return bytes([_SIDES.index(str(value))])
    if kind not in _NUMBER_CODES:
        raise ValueError(f"fields of type {kind} are read, never written")
    return struct.pack("<" + _NUMBER_CODES[kind], value)
