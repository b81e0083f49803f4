from __future__ import annotations

from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reev_tools.market.swap import (
    FORMS,
    VARIANTS,
    DecodeError,
    RouteStep,
    SwapArguments,
    decode_arguments,
    encode_arguments,
)
from reev_types.amounts import U64_MAX

CAPTURED = b64decode("5RfLl3rjrSoBAAAAWQFkAAHEJRMDAAAAALmamAAAAAAAAAAA")
"""A `route` that Jupiter's API handed out on mainnet in October 2025."""

FIELDS = {
    "bool": st.booleans(),
    "Side": st.sampled_from(["Bid", "Ask"]),
    "u8": st.integers(0, 2**8 - 1),
    "u32": st.integers(0, 2**32 - 1),
    "u64": st.integers(0, 2**64 - 1),
}
WRITABLE = [variant for variant in VARIANTS if all(kind in FIELDS for _, kind in variant.fields)]


@st.composite
def steps(draw, v2):
    variant = draw(st.sampled_from(WRITABLE))
    share = draw(st.integers(0, 10_000)) if v2 else 100 * draw(st.integers(0, 100))
    fields = {name: draw(FIELDS[kind]) for name, kind in variant.fields}
    return RouteStep(variant.name, draw(st.integers(0, 255)), draw(st.integers(0, 255)), share, fields)


@st.composite
def arguments(draw):
    form = FORMS[draw(st.sampled_from(sorted(FORMS)))]
    return SwapArguments(
        form=form,
        plan=tuple(draw(st.lists(steps(form.v2), max_size=4))),
        amount_raw=draw(st.integers(0, U64_MAX)),
        quoted_raw=draw(st.integers(0, U64_MAX)),
        slippage_bps=draw(st.integers(0, 2**16 - 1)),
        platform_fee_bps=draw(st.integers(0, 2**16 - 1 if form.v2 else 255)),
        positive_slippage_bps=draw(st.integers(0, 2**16 - 1)) if form.v2 else 0,
        authority_id=draw(st.integers(0, 255)) if form.shared else 0,
    )


def test_a_captured_route_reads_as_documented():
    read = decode_arguments(CAPTURED)
    assert read.form.name == "route"
    assert read.plan == (RouteStep("TesseraV", 0, 1, 10_000, {"side": "Ask"}),)
    assert read.by_name() == {
        "in_amount": 51_586_500,
        "quoted_out_amount": 10_001_081,
        "slippage_bps": 0,
        "platform_fee_bps": 0,
    }
    assert encode_arguments(read) == CAPTURED


@given(written=arguments())
def test_what_is_written_reads_back(written):
    assert decode_arguments(encode_arguments(written)) == written


@given(written=arguments(), data=st.data())
def test_no_part_of_an_instruction_reads_as_one(written, data):
    whole = encode_arguments(written)
    size = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(DecodeError):
        decode_arguments(whole[:size])
    with pytest.raises(DecodeError):
        decode_arguments(whole + b"\0")


def test_the_tags_are_those_of_the_interface():
    assert {name: form.tag.hex() for name, form in FORMS.items()} == {
        "route": "e517cb977ae3ad2a",
        "exact_out_route": "d033ef977b2bed5c",
        "shared_accounts_route": "c1209b3341d69c81",
        "shared_accounts_exact_out_route": "b0d169a89a7d453e",
        "route_v2": "bb64facc31c4af14",
        "exact_out_route_v2": "9d8ab85215f4f324",
        "shared_accounts_route_v2": "d19853937cfed8e9",
        "shared_accounts_exact_out_route_v2": "3560e5cad8bbfa18",
    }


@pytest.mark.parametrize(
    ("venue", "fields"),
    [
        (
            "2f0101010000000203",
            {"a_to_b": True, "remaining_accounts_info": {"slices": ({"accounts_type": 2, "length": 3},)}},
        ),
        ("2f0000", {"a_to_b": False, "remaining_accounts_info": None}),
        ("4b00000000", {"remaining_accounts_info": {"slices": ()}}),
        (
            "6f02000000000700000000000000010101",
            {
                "candidate_swaps": (
                    {"HumidiFi": {"swap_id": 7, "is_base_to_quote": True}},
                    {"TesseraV": {"side": "Ask"}},
                )
            },
        ),
    ],
)
def test_venues_of_varying_size_are_read_too(venue, fields):
    data = FORMS["route"].tag + bytes.fromhex("01000000" + venue + "640001") + bytes(19)
    (step,) = decode_arguments(data).plan
    assert step.venue_fields == fields


def test_a_share_that_is_no_whole_percent_needs_a_second_form():
    step = RouteStep("Raydium", 0, 1, 9_950)
    with pytest.raises(ValueError, match="no whole percent"):
        encode_arguments(SwapArguments(FORMS["route"], (step,), 1, 1, 0))
    assert decode_arguments(encode_arguments(SwapArguments(FORMS["route_v2"], (step,), 1, 1, 0))).plan == (step,)


def test_the_enum_has_the_numbers_of_the_interface():
    numbers = {variant.name: variant.number for variant in VARIANTS}
    assert len(VARIANTS) == 114
    assert (numbers["Raydium"], numbers["Whirlpool"], numbers["TesseraV"], numbers["PumpWrappedSellV4"]) == (
        7,
        17,
        89,
        113,
    )


def test_a_venue_of_another_number_than_there_are_is_no_argument():
    data = CAPTURED[:12] + b"\xff" + CAPTURED[13:]
    with pytest.raises(DecodeError, match="255 is none of"):
        decode_arguments(data)


def test_fields_that_are_only_read_cannot_be_written():
    step = RouteStep("MeteoraDlmmSwapV2", 0, 1, venue_fields={"remaining_accounts_info": {"slices": ()}})
    with pytest.raises(ValueError, match="are read, never written"):
        encode_arguments(SwapArguments(FORMS["route"], (step,), 1, 1, 0))
