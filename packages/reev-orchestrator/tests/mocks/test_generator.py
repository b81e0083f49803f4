from hypothesis import given
from hypothesis import strategies as st

from reev_orchestrator.mocks import generated_wallet
from reev_types.contexts import WalletContext
from reev_types.tokens import token_of

SEEDS = st.integers(0, 2**32)


@given(SEEDS)
def test_equal_seeds_give_equal_wallets(seed):
    wallet = generated_wallet(seed)
    assert wallet == generated_wallet(seed)
    assert WalletContext.model_validate_json(wallet.model_dump_json()) == wallet
    assert all(token_of(mint).decimals == held.decimals for mint, held in wallet.token_balances.items())


def test_different_seeds_give_different_wallets():
    wallets = [generated_wallet(seed) for seed in range(50)]
    assert len({wallet.owner for wallet in wallets}) == 50
    assert len({len(wallet.token_balances) for wallet in wallets}) > 5


@given(SEEDS, st.integers(1, 4))
def test_strange_tokens_are_in_no_registry_and_have_no_price(seed, count):
    wallet = generated_wallet(seed, strange_tokens=count)
    strange = [mint for mint in wallet.token_balances if token_of(mint) is None]
    assert len(strange) == count
    assert not set(strange) & set(wallet.token_prices)
    assert wallet.total_value_usd is None
