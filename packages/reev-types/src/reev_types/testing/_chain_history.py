"""Time, repetition and the way back."""

from __future__ import annotations

from reev_types.tokens import find_token

from ._chain_support import NOBODY, SOL, ChainHooks, expect_error, failure_in, lamports_of, send
from ._instructions import transfer_lamports

__all__ = ["HistoryContract"]

_USDC = find_token("USDC")


class HistoryContract(ChainHooks):
    """A chain executes nothing twice, lets blockhashes expire and rewinds completely."""

    async def test_the_same_transaction_lands_only_once(self) -> None:
        chain = await self.open_chain()
        alice = await self.funded(chain, "alice")
        order = await chain.prepare([transfer_lamports(alice, NOBODY, SOL)], payer=alice)
        assert (await chain.submit(order)).succeeded
        again = await chain.submit(order)
        failure_in(again, "already_processed")
        assert not again.landed
        assert await lamports_of(chain, NOBODY) == SOL

    async def test_the_same_instructions_prepared_after_a_submit_are_another_transaction(self) -> None:
        chain = await self.open_chain()
        alice = await self.funded(chain, "alice")
        for _ in range(2):
            assert (await send(chain, transfer_lamports(alice, NOBODY, SOL), payer=alice)).succeeded
        assert await lamports_of(chain, NOBODY) == 2 * SOL

    async def test_a_landed_transaction_is_found_by_its_signature(self) -> None:
        chain = await self.open_chain()
        alice = await self.funded(chain, "alice")
        order = await chain.prepare([transfer_lamports(alice, NOBODY, SOL)], payer=alice)
        assert await chain.landed(order.signature) is None
        outcome = await chain.submit(order)
        assert outcome.signature == order.signature
        assert await chain.landed(order.signature) == outcome

    async def test_a_failed_transaction_that_landed_is_found_too(self) -> None:
        chain = await self.open_chain()
        alice = await self.funded(chain, "alice")
        outcome = await send(chain, transfer_lamports(alice, NOBODY, 11 * SOL), payer=alice)
        assert await chain.landed(outcome.signature) == outcome

    async def test_the_history_lists_what_landed_in_order_and_ends_where_the_chain_is_rewound_to(self) -> None:
        chain = await self.open_chain()
        alice = await self.funded(chain, "alice")
        assert await chain.history() == ()
        first = await send(chain, transfer_lamports(alice, NOBODY, SOL), payer=alice)
        checkpoint = await chain.checkpoint()
        failed = await send(chain, transfer_lamports(alice, NOBODY, 11 * SOL), payer=alice)
        assert await chain.history() == (first, failed)
        await chain.rewind(checkpoint)
        assert await chain.history() == (first,)

    async def test_simulating_tells_what_submitting_does_and_changes_nothing(self) -> None:
        chain = await self.open_chain()
        alice = await self.funded(chain, "alice")
        for lamports in (SOL, 100 * SOL):
            order = await chain.prepare([transfer_lamports(alice, NOBODY, lamports)], payer=alice)
            before = await chain.state_hash()
            foreseen = await chain.simulate(order)
            assert await chain.state_hash() == before
            assert await chain.landed(order.signature) is None
            assert await chain.submit(order) == foreseen

    async def test_a_blockhash_is_valid_for_150_slots(self) -> None:
        chain = await self.open_chain()
        alice = await self.funded(chain, "alice")
        order = await chain.prepare([transfer_lamports(alice, NOBODY, SOL)], payer=alice)
        await chain.advance(slots=150)
        assert (await chain.simulate(order)).succeeded
        await chain.advance(slots=1)
        outcome = await chain.submit(order)
        failure_in(outcome, "blockhash_expired")
        assert not outcome.landed
        assert await lamports_of(chain, alice) == 10 * SOL

    async def test_a_blockhash_is_current_for_as_long_as_it_is_valid(self) -> None:
        chain = await self.open_chain()
        alice = await self.funded(chain, "alice")
        order = await chain.prepare([transfer_lamports(alice, NOBODY, SOL)], payer=alice)
        assert await chain.is_current(order.blockhash)
        await chain.advance(slots=150)
        assert await chain.is_current(order.blockhash)
        await chain.advance(slots=1)
        assert not await chain.is_current(order.blockhash)

    async def test_a_blockhash_that_nobody_handed_out_is_not_current(self) -> None:
        chain = await self.open_chain()
        assert not await chain.is_current(NOBODY)

    async def test_landing_leaves_a_blockhash_current_and_a_rewind_makes_it_current_again(self) -> None:
        chain = await self.open_chain()
        alice = await self.funded(chain, "alice")
        order = await chain.prepare([transfer_lamports(alice, NOBODY, SOL)], payer=alice)
        checkpoint = await chain.checkpoint()
        await chain.submit(order)
        assert await chain.is_current(order.blockhash)
        await chain.advance(slots=151)
        await chain.rewind(checkpoint)
        assert await chain.is_current(order.blockhash)

    async def test_the_same_bytes_sent_again_after_a_lost_reply_are_not_carried_out_again(self) -> None:
        chain = await self.open_chain()
        alice = await self.funded(chain, "alice")
        order = await chain.prepare([transfer_lamports(alice, NOBODY, SOL)], payer=alice)
        await chain.submit(order)
        known = type(order)(raw=order.raw, signature=order.signature, blockhash=order.blockhash)
        for slots in (0, 1, 150):
            await chain.advance(slots=slots)
            assert not (await chain.submit(known)).landed
        assert await lamports_of(chain, NOBODY) == SOL
        assert len(await chain.history()) == 1

    async def test_time_passes_as_told(self) -> None:
        chain = await self.open_chain()
        before = await chain.clock()
        await chain.advance(slots=7, seconds=3_600)
        after = await chain.clock()
        assert (after.slot - before.slot, after.unix_timestamp - before.unix_timestamp) == (7, 3_600)

    async def test_time_does_not_run_backwards(self) -> None:
        chain = await self.open_chain()
        await expect_error("time_runs_forward", chain.advance(slots=-1))
        await expect_error("time_runs_forward", chain.advance(seconds=-1))

    async def test_a_rewind_restores_everything(self) -> None:
        chain = await self.open_chain()
        alice = await self.funded(chain, "alice")
        checkpoint = await chain.checkpoint()
        before, clock = await chain.state_hash(), await chain.clock()
        assert checkpoint.state_hash == before
        outcome = await send(chain, transfer_lamports(alice, NOBODY, SOL), payer=alice)
        usdc = await chain.set_token_balance(alice, _USDC.mint, 5)
        await chain.advance(slots=3, seconds=60)
        assert await chain.state_hash() != before
        await chain.rewind(checkpoint)
        assert await chain.state_hash() == before
        assert await chain.clock() == clock
        assert await lamports_of(chain, alice) == 10 * SOL
        assert await chain.account(NOBODY) is None
        assert await chain.token_account(usdc) is None
        assert await chain.landed(outcome.signature) is None

    async def test_a_rewound_transaction_can_land_again_with_the_same_outcome(self) -> None:
        chain = await self.open_chain()
        alice = await self.funded(chain, "alice")
        order = await chain.prepare([transfer_lamports(alice, NOBODY, SOL)], payer=alice)
        checkpoint = await chain.checkpoint()
        first = await chain.submit(order)
        await chain.rewind(checkpoint)
        assert await chain.submit(order) == first

    async def test_a_checkpoint_can_be_rewound_to_more_than_once(self) -> None:
        chain = await self.open_chain()
        alice = await self.funded(chain, "alice")
        checkpoint = await chain.checkpoint()
        for lamports in (SOL, 2 * SOL):
            await send(chain, transfer_lamports(alice, NOBODY, lamports), payer=alice)
            await chain.rewind(checkpoint)
            assert await chain.state_hash() == checkpoint.state_hash

    async def test_a_checkpoint_of_another_chain_is_refused(self) -> None:
        chain, other = await self.open_chain(), await self.open_chain()
        await expect_error("foreign_checkpoint", chain.rewind(await other.checkpoint()))
