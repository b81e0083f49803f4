"""A surfpool fulfils the contract of every sandbox chain, but for one thing that it says it cannot do."""

from __future__ import annotations

from typing import Any

import pytest

from reev_tools.chain import Keyring
from reev_tools.programs import transfer_lamports
from reev_types.chain import SandboxChain
from reev_types.errors import ChainError
from reev_types.testing import ChainContract

SOL = 10**9


class TestSurfpoolChain(ChainContract):
    keys = Keyring(7, "contract")
    test_a_rewound_transaction_can_land_again_with_the_same_outcome = None  # type: ignore[assignment] # see below

    @pytest.fixture(autouse=True)
    def _surfpool(self, open_surfpool: Any) -> None:
        self._open = open_surfpool

    async def open_chain(self) -> SandboxChain:
        chain: SandboxChain = await self._open(self.keys)
        return chain

    def wallet(self, name: str) -> str:
        return self.keys.address(name)

    async def test_a_rewound_transaction_can_not_land_again_but_its_instructions_can(self) -> None:
        chain = await self.open_chain()
        alice, bob = await self.funded(chain, "alice"), await self.funded(chain, "bob")
        orders = [transfer_lamports(alice, bob, SOL)]
        order = await chain.prepare(orders, payer=alice)
        checkpoint = await chain.checkpoint()
        first = await chain.submit(order)
        await chain.rewind(checkpoint)
        for attempt in (chain.simulate, chain.submit):
            with pytest.raises(ChainError) as refused:
                await attempt(order)
            assert refused.value.code == "unsupported"
        again = await chain.submit(await chain.prepare(orders, payer=alice))
        assert again.changes == first.changes
