"""What the instruction of a swap has to say: the quote's amounts, and the wallet's own accounts."""

from __future__ import annotations

from dataclasses import dataclass

from reev_tools.jupiter import Quote
from reev_tools.market.swap import SWAP_PROGRAM, DecodeError, Form, decode_arguments
from reev_types.chain import Instruction

from ._holdings import Holding

__all__ = ["SwapTerms"]


@dataclass(frozen=True, slots=True)
class SwapTerms:
    """Terms of a swap."""

    owner: str
    quote: Quote
    gives: Holding
    gets: Holding

    @property
    def program(self) -> str:
        """Jupiter's aggregator."""
        return SWAP_PROGRAM

    @property
    def mints(self) -> frozenset[str]:
        """The mints on the way."""
        hops = (hop.swap_info for hop in self.quote.route_plan)
        return frozenset(mint for hop in hops for mint in (hop.input_mint, hop.output_mint))

    def fault(self, call: Instruction) -> str | None:
        """Return what is wrong with the swap, or None."""
        try:
            arguments = decode_arguments(call.data)
        except DecodeError as error:
            return f"the swap cannot be read: {error}"
        exact_out = self.quote.swap_mode == "ExactOut"
        sides = (self.quote.in_amount_raw, self.quote.out_amount_raw)
        asked = (exact_out, *(reversed(sides) if exact_out else sides), self.quote.slippage_bps)
        said = (arguments.form.exact_out, arguments.amount_raw, arguments.quoted_raw, arguments.slippage_bps)
        if said != asked:
            return "amounts or slippage of the swap are not those of the quote"
        if arguments.platform_fee_bps or arguments.positive_slippage_bps:
            return "the swap takes a fee that was not quoted"
        return self._wrong_account(call, arguments.form)

    def _wrong_account(self, call: Instruction, form: Form) -> str | None:
        if len(call.accounts) < len(form.accounts):
            return "the swap lacks accounts"
        own = self._own_accounts()
        for role, meta in zip(form.accounts, call.accounts, strict=False):
            if role in own and meta.pubkey not in own[role]:
                return f"the swap's {role} is {meta.pubkey}"
        return None

    def _own_accounts(self) -> dict[str, tuple[str, ...]]:
        # The program's own address stands for an optional account that is absent.
        source, destination = self.gives.account, self.gets.account
        return {
            "user_transfer_authority": (self.owner,),
            "user_source_token_account": (source,),
            "source_token_account": (source,),
            "user_destination_token_account": (destination,),
            "destination_token_account": (destination, SWAP_PROGRAM),
            "source_mint": (self.gives.mint.address,),
            "destination_mint": (self.gets.mint.address,),
            "platform_fee_account": (SWAP_PROGRAM,),
        }
