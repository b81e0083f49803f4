"""Swap instructions: a route, its amounts and the parties, in the account order of each form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reev_tools.chain import associated_token_address
from reev_types.chain import AccountMeta, Instruction
from reev_types.tokens import TOKEN_2022_PROGRAM, TOKEN_PROGRAM

from ._addresses import EVENT_AUTHORITY, SWAP_PROGRAM, program_authority
from ._arguments import RouteStep, SwapArguments, encode_arguments
from ._pools import Hop
from ._variants import VARIANTS

__all__ = ["SwapParties", "route_plan", "swap_instruction"]

_WRITABLE = frozenset(
    {
        "user_source_token_account",
        "user_destination_token_account",
        "source_token_account",
        "program_source_token_account",
        "program_destination_token_account",
        "destination_token_account",
        "platform_fee_account",
    }
)


@dataclass(frozen=True, slots=True)
class SwapParties:
    """Whose accounts a swap moves: ``user`` signs and pays from ``source``, ``destination`` receives."""

    user: str
    source: str
    destination: str
    platform_fee_account: str | None = None


def route_plan(hops: Sequence[Hop]) -> tuple[RouteStep, ...]:
    """Return the plan that takes everything through ``hops`` in order."""
    return tuple(_step(index, hop) for index, hop in enumerate(hops))


def swap_instruction(arguments: SwapArguments, hops: Sequence[Hop], parties: SwapParties) -> Instruction:
    """Build the instruction; ``hops`` are the pools of the arguments' plan, in its order."""
    form = arguments.form
    roles = _roles(arguments, hops, parties)
    fixed = tuple(_meta(role, roles.get(role)) for role in form.accounts)
    steps = tuple(meta for hop in hops for meta in _hop_metas(hop))
    fee = parties.platform_fee_account if form.v2 and arguments.platform_fee_bps else None
    platform = (AccountMeta(pubkey=fee, is_writable=True),) if fee else ()
    named = {meta.pubkey for meta in fixed}
    programs = tuple(_account(program) for program in _programs(hops) if program not in named)
    return Instruction(
        program_id=SWAP_PROGRAM, accounts=fixed + steps + platform + programs, data=encode_arguments(arguments)
    )


def _step(index: int, hop: Hop) -> RouteStep:
    variant = VARIANTS[hop.pool.venue]
    forward = hop.into is hop.pool.a
    fields = {name: _direction(kind, forward) for name, kind in variant.fields}
    return RouteStep(variant.name, index, index + 1, venue_fields=fields)


def _direction(kind: str, forward: bool) -> object:
    match kind:
        case "bool":
            return forward
        case "Side":
            return "Ask" if forward else "Bid"
        case _:
            return 0


def _roles(arguments: SwapArguments, hops: Sequence[Hop], parties: SwapParties) -> dict[str, str | None]:
    first, last = hops[0].into, hops[-1].out_of
    authority = program_authority(arguments.authority_id)
    direct = not arguments.form.shared
    return {
        "token_program": TOKEN_PROGRAM,
        "token_2022_program": TOKEN_2022_PROGRAM if TOKEN_2022_PROGRAM in _programs(hops) else None,
        "program_authority": authority,
        "user_transfer_authority": parties.user,
        "user_source_token_account": parties.source,
        "source_token_account": parties.source,
        "user_destination_token_account": parties.destination,
        "program_source_token_account": associated_token_address(authority, first.mint, first.program),
        "program_destination_token_account": associated_token_address(authority, last.mint, last.program),
        "destination_token_account": None if direct else parties.destination,
        "source_mint": first.mint,
        "destination_mint": last.mint,
        "source_token_program": first.program,
        "destination_token_program": last.program,
        "platform_fee_account": parties.platform_fee_account,
        "event_authority": EVENT_AUTHORITY,
        "program": SWAP_PROGRAM,
    }


def _meta(role: str, address: str | None) -> AccountMeta:
    if address is None:  # how Anchor says that an optional account is absent
        return _account(SWAP_PROGRAM)
    return _account(address, signs=role == "user_transfer_authority", written=role in _WRITABLE)


def _hop_metas(hop: Hop) -> Iterator[AccountMeta]:
    yield _account(hop.pool.address)
    yield _account(hop.into.vault, written=True)
    yield _account(hop.out_of.vault, written=True)
    yield _account(hop.into.mint)
    yield _account(hop.out_of.mint)


# A market's accounts are few, and every swap names a dozen of them.
@lru_cache(maxsize=1024)
def _account(address: str, *, signs: bool = False, written: bool = False) -> AccountMeta:
    return AccountMeta(pubkey=address, is_signer=signs, is_writable=written)


def _programs(hops: Sequence[Hop]) -> list[str]:
    return list(dict.fromkeys(side.program for hop in hops for side in (hop.into, hop.out_of)))
