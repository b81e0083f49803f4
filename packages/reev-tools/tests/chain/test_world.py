import pytest

from reev_tools.chain import Vm, World, decode_mint
from reev_tools.chain._world import SUPPLY_RAW
from reev_types.chain import AccountState
from reev_types.errors import ChainError
from reev_types.tokens import SOL_MINT, TOKENS

SYSTEM = "11111111111111111111111111111111"
WALLET = "7YttLkHDoNj9wyDur5pM1ejNaAvT9X4eqaYcHQqtj2G5"


def wallet(lamports: int = 5, data: bytes = b"") -> AccountState:
    return AccountState(address=WALLET, owner=SYSTEM, lamports=lamports, data=data)


def test_genesis_has_a_mint_for_every_token_of_the_registry() -> None:
    accounts = {account.address: account for account in World.genesis().accounts}
    for token in TOKENS:
        account = accounts[token.mint]
        mint = decode_mint(token.mint, account.owner, account.data, 0)
        assert mint is not None
        supply_raw = 0 if token.mint == SOL_MINT else SUPPLY_RAW
        assert (mint.program, mint.decimals, mint.supply_raw) == (token.program, token.decimals, supply_raw)
        assert mint.blocking_extensions == ()


def test_equal_worlds_have_equal_digests_whatever_the_order() -> None:
    mints = World.genesis().accounts
    assert World(reversed(mints)).digest == World.genesis().digest == World.genesis([wallet(4), wallet()][:0]).digest


@pytest.mark.parametrize(
    "world",
    [
        World.genesis([wallet()]),
        World.genesis([wallet(6)]),
        World.genesis([wallet(data=b"x")]),
        World.genesis(programs={WALLET: b"x"}),
        World.genesis(programs={WALLET: b"y"}),
    ],
)
def test_every_account_and_program_counts_for_the_digest(world: World) -> None:
    others = [World.genesis(), World.genesis([wallet(7)]), World.genesis(programs={WALLET: b"z"})]
    assert world.digest not in [other.digest for other in others]


def test_the_digest_depends_on_the_version_of_the_vm(monkeypatch: pytest.MonkeyPatch) -> None:
    before = World.genesis().digest
    monkeypatch.setattr("reev_tools.chain._world.version", lambda name: "0.30.0")
    assert World.genesis().digest != before


def test_a_later_account_replaces_an_earlier_one() -> None:
    world = World([wallet(5), wallet(6)])
    assert world.accounts == (wallet(6),)


def test_a_program_cannot_come_as_an_account() -> None:
    with pytest.raises(ChainError) as caught:
        World([wallet().model_copy(update={"executable": True})])
    assert caught.value.code == "executable_account"


def test_the_mints_are_exactly_rent_exempt(vm: Vm) -> None:
    for account in World.genesis().accounts:
        assert account.lamports == vm.minimum_balance(len(account.data))
