"""Jupiter's aggregator in the embedded market: instructions, events, pools, and quotes equal to what is paid.

``quote_in`` and ``quote_out`` compute what the program in ``onchain/swap.c`` does; ``swap_instruction`` builds
each of its eight instructions; ``decode_arguments`` and ``decode_event`` read what is on chain.
"""

from ._addresses import EVENT_AUTHORITY, SWAP_PROGRAM, pool_address, program_authority
from ._arguments import RouteStep, SwapArguments, decode_arguments, encode_arguments
from ._borsh import DecodeError
from ._errors import JUPITER_ERRORS, JupiterError
from ._events import FeeEvent, SwapEvent, SwappedAmounts, SwapsEvent, decode_event
from ._forms import FORMS, Form
from ._image import swap_image
from ._instructions import SwapParties, route_plan, swap_instruction
from ._pools import POOL_BYTES, Hop, LivePool, Pool, Reserve, pool_account, read_pool
from ._quotes import HopQuote, Quote, maximum_in_raw, minimum_out_raw, quote_in, quote_out
from ._variants import VARIANTS, Variant, variant_named

__all__ = [
    "EVENT_AUTHORITY",
    "FORMS",
    "JUPITER_ERRORS",
    "POOL_BYTES",
    "SWAP_PROGRAM",
    "VARIANTS",
    "DecodeError",
    "FeeEvent",
    "Form",
    "Hop",
    "HopQuote",
    "JupiterError",
    "LivePool",
    "Pool",
    "Quote",
    "Reserve",
    "RouteStep",
    "SwapArguments",
    "SwapEvent",
    "SwapParties",
    "SwappedAmounts",
    "SwapsEvent",
    "Variant",
    "decode_arguments",
    "decode_event",
    "encode_arguments",
    "maximum_in_raw",
    "minimum_out_raw",
    "pool_account",
    "pool_address",
    "program_authority",
    "quote_in",
    "quote_out",
    "read_pool",
    "route_plan",
    "swap_image",
    "swap_instruction",
    "variant_named",
]
