"""Mints and token accounts of both token programs."""

from __future__ import annotations

from reev_types.chain import Instruction
from reev_types.tokens import TOKEN_PROGRAM, TOKENS, Token, find_token

from ._chain_support import NOBODY, SOL, ChainHooks, expect_error, failure_in, lamports_of, send
from ._instructions import create_token_account, transfer_tokens

__all__ = ["TokenContract"]

_USDC = find_token("USDC")
_PYUSD = find_token("PYUSD")


class TokenContract(ChainHooks):
    """A chain knows the registry's tokens, sets balances and moves them."""

    async def test_every_token_of_the_registry_has_its_mint(self) -> None:
        chain = await self.open_chain()
        for token in TOKENS:
            mint = await chain.mint(token.mint)
            assert mint is not None, token.symbol
            assert (mint.program, mint.decimals) == (token.program, token.decimals), token.symbol

    async def test_a_mint_is_no_token_account_and_a_wallet_neither(self) -> None:
        chain = await self.open_chain()
        alice = await self.funded(chain, "alice")
        assert await chain.token_account(_USDC.mint) is None
        assert await chain.mint(alice) is None

    async def test_the_associated_token_address_is_the_known_one(self) -> None:
        chain = await self.open_chain()
        owner = "7YttLkHDoNj9wyDur5pM1ejNaAvT9X4eqaYcHQqtj2G5"
        found = chain.associated_token_address(owner, _USDC.mint, TOKEN_PROGRAM)
        assert found == "9XorNZB6QQNKNTD9yoC3x2S43gimwk6zt6GZpFwsThem"

    async def test_a_token_balance_is_set_exactly(self) -> None:
        chain = await self.open_chain()
        for token in (_USDC, _PYUSD):
            address = await chain.set_token_balance(NOBODY, token.mint, 5)
            assert address == chain.associated_token_address(NOBODY, token.mint, token.program)
            await chain.set_token_balance(NOBODY, token.mint, 1_500_000)
            account = await chain.token_account(address)
            assert account is not None
            assert (account.mint, account.owner, account.amount_raw) == (token.mint, NOBODY, 1_500_000)
            assert (account.program, account.frozen) == (token.program, False)

    async def test_the_lamports_of_a_token_account_can_be_chosen(self) -> None:
        chain = await self.open_chain()
        address = await chain.set_token_balance(NOBODY, _USDC.mint, 5, lamports=3_000_000)
        assert await lamports_of(chain, address) == 3_000_000
        await chain.set_token_balance(NOBODY, _USDC.mint, 5)
        assert await lamports_of(chain, address) == await chain.minimum_balance(165)

    async def test_wrapped_sol_is_backed_by_lamports(self) -> None:
        chain = await self.open_chain()
        address = await chain.set_token_balance(NOBODY, find_token("SOL").mint, 2 * SOL)
        assert await lamports_of(chain, address) == 2 * SOL + await chain.minimum_balance(165)

    async def test_a_balance_of_an_unknown_mint_cannot_be_set(self) -> None:
        chain = await self.open_chain()
        await expect_error("unknown_mint", chain.set_token_balance(self.wallet("alice"), NOBODY, 1))

    async def test_the_token_accounts_of_a_wallet_come_ordered_from_both_programs(self) -> None:
        chain = await self.open_chain()
        expected = sorted([await chain.set_token_balance(NOBODY, token.mint, 7) for token in TOKENS])
        await chain.set_token_balance(self.wallet("alice"), _USDC.mint, 7)
        found = await chain.token_accounts(NOBODY)
        assert [account.address for account in found] == expected

    async def test_tokens_move_between_wallets_of_both_programs(self) -> None:
        chain = await self.open_chain()
        alice = await self.funded(chain, "alice")
        for token in (_USDC, _PYUSD):
            source = await chain.set_token_balance(alice, token.mint, 1_000)
            target = chain.associated_token_address(NOBODY, token.mint, token.program)
            orders = (
                create_token_account(alice, target, NOBODY, token.mint, token.program),
                _token_transfer(token, source, target, alice, 400),
            )
            outcome = await send(chain, *orders, payer=alice)
            assert outcome.succeeded, outcome.failure
            moved = {each.address: each.token for each in outcome.changes if each.token}
            sent, received = moved[source], moved[target]
            assert (sent.before_raw, sent.after_raw, sent.owner_before) == (1_000, 600, alice)
            assert (received.before_raw, received.after_raw) == (0, 400)
            assert (received.owner_before, received.owner_after) == (None, NOBODY)

    async def test_too_few_tokens_are_told_apart_from_too_few_lamports(self) -> None:
        chain = await self.open_chain()
        alice = await self.funded(chain, "alice")
        for token in (_USDC, _PYUSD):
            source = await chain.set_token_balance(alice, token.mint, 1_000)
            target = await chain.set_token_balance(NOBODY, token.mint, 0)
            outcome = await send(chain, _token_transfer(token, source, target, alice, 1_001), payer=alice)
            failure = failure_in(outcome, "insufficient_tokens")
            assert (failure.program_id, failure.custom_code) == (token.program, 1)
            assert outcome.landed
            assert all(each.token is None for each in outcome.changes)


def _token_transfer(token: Token, source: str, target: str, owner: str, amount_raw: int) -> Instruction:
    return transfer_tokens(
        token.program, source, token.mint, target, owner=owner, amount_raw=amount_raw, decimals=token.decimals
    )
