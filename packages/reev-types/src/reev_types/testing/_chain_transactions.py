"""Accounts, and what becomes of a single transaction."""

from __future__ import annotations

from reev_types.addresses import decode_base58, encode_base58
from reev_types.chain import AccountState, Instruction, SignedTransaction

from ._chain_support import FEE, NOBODY, SOL, ChainHooks, expect_error, failure_in, lamports_of, send
from ._instructions import LOOKUP_TABLE_PROGRAM, SYSTEM_PROGRAM, lookup_table_data, transfer_lamports

__all__ = ["TransactionContract"]

_WALLET_RENT = 890_880


class TransactionContract(ChainHooks):
    """A chain reads and sets accounts, and executes or refuses transactions, truthfully."""

    async def test_an_unknown_address_holds_nothing(self) -> None:
        chain = await self.open_chain()
        assert await chain.account(NOBODY) is None
        assert await chain.mint(NOBODY) is None
        assert await chain.token_account(NOBODY) is None
        assert await chain.token_accounts(NOBODY) == ()

    async def test_lamports_are_set_exactly_and_zero_removes_the_account(self) -> None:
        chain = await self.open_chain()
        await chain.set_lamports(NOBODY, 12_345_678)
        expected = AccountState(address=NOBODY, owner=SYSTEM_PROGRAM, lamports=12_345_678)
        assert await chain.account(NOBODY) == expected
        await chain.set_lamports(NOBODY, 0)
        assert await chain.account(NOBODY) is None

    async def test_an_account_is_installed_as_given(self) -> None:
        chain = await self.open_chain()
        given = AccountState(address=NOBODY, owner=self.wallet("program"), lamports=2 * SOL, data=b"anything")
        await chain.set_account(given)
        assert await chain.account(NOBODY) == given

    async def test_rent_grows_by_the_byte(self) -> None:
        chain = await self.open_chain()
        assert await chain.minimum_balance(0) == _WALLET_RENT
        assert await chain.minimum_balance(165) == 2_039_280

    async def test_a_transfer_moves_lamports_and_charges_the_payer(self) -> None:
        chain = await self.open_chain()
        alice, bob = await self.funded(chain, "alice"), await self.funded(chain, "bob")
        outcome = await send(chain, transfer_lamports(alice, bob, SOL), payer=alice)
        assert outcome.succeeded
        assert outcome.fee_lamports == FEE
        assert await lamports_of(chain, alice) == 9 * SOL - FEE
        assert await lamports_of(chain, bob) == 11 * SOL

    async def test_an_outcome_lists_what_changed_ordered_by_address(self) -> None:
        chain = await self.open_chain()
        alice, bob = await self.funded(chain, "alice"), self.wallet("bob")
        outcome = await send(chain, transfer_lamports(alice, bob, SOL), payer=alice)
        found = {each.address: (each.lamports_before, each.lamports_after) for each in outcome.changes}
        assert found == {alice: (10 * SOL, 9 * SOL - FEE), bob: (0, SOL)}
        assert [each.address for each in outcome.changes] == sorted((alice, bob))

    async def test_an_overdraft_fails_and_still_costs_the_fee(self) -> None:
        chain = await self.open_chain()
        alice = await self.funded(chain, "alice")
        outcome = await send(chain, transfer_lamports(alice, NOBODY, 11 * SOL), payer=alice)
        failure = failure_in(outcome, "insufficient_lamports")
        assert (failure.instruction_index, failure.program_id, failure.custom_code) == (0, SYSTEM_PROGRAM, 1)
        assert outcome.landed
        assert outcome.logs
        assert await lamports_of(chain, alice) == 10 * SOL - FEE
        assert await chain.account(NOBODY) is None

    async def test_a_failing_instruction_undoes_those_before_it(self) -> None:
        chain = await self.open_chain()
        alice = await self.funded(chain, "alice")
        orders = transfer_lamports(alice, NOBODY, SOL), transfer_lamports(alice, NOBODY, 11 * SOL)
        outcome = await send(chain, *orders, payer=alice)
        assert failure_in(outcome, "insufficient_lamports").instruction_index == 1
        assert await chain.account(NOBODY) is None

    async def test_a_payer_without_money_cannot_land_anything(self) -> None:
        chain = await self.open_chain()
        pauper = self.wallet("pauper")
        outcome = await send(chain, transfer_lamports(pauper, NOBODY, 1), payer=pauper)
        failure_in(outcome, "insufficient_lamports")
        assert not outcome.landed
        assert (outcome.fee_lamports, outcome.changes) == (0, ())

    async def test_nothing_may_fall_below_rent_exemption(self) -> None:
        chain = await self.open_chain()
        alice = await self.funded(chain, "alice")
        outcome = await send(chain, transfer_lamports(alice, NOBODY, _WALLET_RENT - 1), payer=alice)
        failure_in(outcome, "rent")
        assert await chain.account(NOBODY) is None

    async def test_calling_what_is_no_program_fails(self) -> None:
        chain = await self.open_chain()
        alice = await self.funded(chain, "alice")
        call = Instruction(program_id=NOBODY, accounts=(), data=b"")
        failure_in(await send(chain, call, payer=alice), "unknown_program")

    async def test_a_transaction_larger_than_a_packet_is_not_sent(self) -> None:
        chain = await self.open_chain()
        alice = await self.funded(chain, "alice")
        outcome = await send(chain, *[transfer_lamports(alice, alice, 1)] * 80, payer=alice)
        failure_in(outcome, "too_large")
        assert not outcome.landed
        assert await lamports_of(chain, alice) == 10 * SOL

    async def test_nobody_signs_for_a_wallet_whose_key_is_not_held(self) -> None:
        chain = await self.open_chain()
        await chain.set_lamports(NOBODY, SOL)
        order = transfer_lamports(NOBODY, NOBODY, 1)
        await expect_error("unknown_signer", chain.prepare([order], payer=NOBODY))

    async def test_a_forged_signature_is_refused(self) -> None:
        chain = await self.open_chain()
        alice = await self.funded(chain, "alice")
        honest = await chain.prepare([transfer_lamports(alice, NOBODY, SOL)], payer=alice)
        forged_bytes = bytes(64)
        forged = SignedTransaction(
            raw=honest.raw.replace(decode_base58(honest.signature), forged_bytes),
            signature=encode_base58(forged_bytes),
            blockhash=honest.blockhash,
        )
        outcome = await chain.submit(forged)
        failure_in(outcome, "missing_signature")
        assert not outcome.landed
        assert await lamports_of(chain, alice) == 10 * SOL

    async def test_bytes_that_are_no_transaction_are_refused(self) -> None:
        chain = await self.open_chain()
        alice = await self.funded(chain, "alice")
        honest = await chain.prepare([transfer_lamports(alice, NOBODY, SOL)], payer=alice)
        outcome = await chain.submit(honest.model_copy(update={"raw": honest.raw[:-1]}))
        failure_in(outcome, "invalid_transaction")
        assert not outcome.landed

    async def test_a_lookup_table_of_the_chain_shortens_a_transaction(self) -> None:
        chain = await self.open_chain()
        alice = await self.funded(chain, "alice")
        targets = [self.wallet(f"target {number}") for number in range(5)]
        table = AccountState(address=NOBODY, owner=LOOKUP_TABLE_PROGRAM, lamports=SOL, data=lookup_table_data(*targets))
        await chain.set_account(table)
        orders = [transfer_lamports(alice, target, SOL) for target in targets]
        plain = await chain.prepare(orders, payer=alice)
        short = await chain.prepare(orders, payer=alice, lookup_tables=[NOBODY])
        assert len(short.raw) < len(plain.raw)
        assert (await chain.submit(short)).succeeded
        assert [await lamports_of(chain, target) for target in targets] == [SOL] * 5
