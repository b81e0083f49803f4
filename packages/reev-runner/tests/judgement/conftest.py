"""Builders of benchmarks and runs, and a small ledger that reports account changes as a chain does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest

from reev_runner.judgement import Evidence, StateView
from reev_types.addresses import encode_base58
from reev_types.benchmarks import GroundTruth, InitialAccount, InitialToken, InitialWallet, TestCase, TestStep
from reev_types.chain import AccountChange, TokenChange, TransactionFailure, TransactionOutcome
from reev_types.tokens import TOKEN_PROGRAM, find_token

SYSTEM_PROGRAM = "11111111111111111111111111111111"
USDC = find_token("USDC").mint
FEE = 5_000
RENT = 2_039_280


def _address(text: str) -> str:
    return encode_base58(sha256(text.encode()).digest())


def _ata(owner: str, mint: str) -> str:
    return _address(f"{owner}/{mint}")


WALLET, RECIPIENT = _address("wallet"), _address("recipient")
NAMES = {
    "USER_WALLET_PUBKEY": WALLET,
    "RECIPIENT_WALLET_PUBKEY": RECIPIENT,
    "USER_USDC_ATA": _ata(WALLET, USDC),
    "RECIPIENT_USDC_ATA": _ata(RECIPIENT, USDC),
}
ACCOUNTS: tuple[InitialAccount, ...] = (
    InitialWallet(name="USER_WALLET_PUBKEY", lamports=10**9, owner=SYSTEM_PROGRAM),
    InitialWallet(name="RECIPIENT_WALLET_PUBKEY", lamports=10**9, owner=SYSTEM_PROGRAM),
    InitialToken(
        name="USER_USDC_ATA", owner="USER_WALLET_PUBKEY", mint=USDC, program=TOKEN_PROGRAM, amount_raw=50_000_000
    ),
    InitialToken(
        name="RECIPIENT_USDC_ATA", owner="RECIPIENT_WALLET_PUBKEY", mint=USDC, program=TOKEN_PROGRAM, amount_raw=0
    ),
)


@dataclass
class Market:
    prices: Mapping[str, Decimal] = field(default_factory=dict)
    lent: Mapping[str, int] = field(default_factory=dict)
    earned: Mapping[str, int] = field(default_factory=dict)

    def price_usd(self, mint: str) -> Decimal | None:
        return self.prices.get(mint)

    def lent_raw(self, owner: str) -> Mapping[str, int]:
        return self.lent if owner == WALLET else {}

    def earned_raw(self, owner: str) -> Mapping[str, int]:
        return self.earned if owner == WALLET else {}


@dataclass
class Account:
    lamports: int = 0
    mint: str | None = None
    owner: str | None = None
    amount_raw: int = 0


class Ledger:
    """Accounts, and transactions that change them. Wrapped SOL is not modelled beyond the lamports behind it."""

    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {WALLET: Account(10**9), RECIPIENT: Account(10**9)}
        self.outcomes: list[TransactionOutcome] = []
        self.fees = 0

    def transact(self, *moves: Callable[[], None], failing: bool = False) -> TransactionOutcome:
        """Carry out ``moves`` in one transaction for a fee, or only take the fee."""
        before = {address: replace(account) for address, account in self.accounts.items()}
        self.accounts[WALLET].lamports -= FEE
        self.fees += FEE
        for move in () if failing else moves:
            move()
        failure = TransactionFailure(code="program_error", message="no") if failing else None
        changes = tuple(
            _change(address, before.get(address, Account()), account)
            for address, account in self.accounts.items()
            if before.get(address, Account()) != account
        )
        slot = len(self.outcomes)
        outcome = TransactionOutcome(
            signature=f"s{slot}", slot=slot, landed=True, failure=failure, fee_lamports=FEE, changes=changes
        )
        self.outcomes.append(outcome)
        return outcome

    def pay(self, source: str, target: str, lamports: int) -> Callable[[], None]:
        def move() -> None:
            self.accounts.setdefault(target, Account()).lamports += lamports
            self.accounts[source].lamports -= lamports

        return move

    def send(self, source: str, target: str, amount_raw: int) -> Callable[[], None]:
        def move() -> None:
            self.accounts[source].amount_raw -= amount_raw
            self.accounts[target].amount_raw += amount_raw

        return move

    def open(self, owner: str, mint: str, address: str | None = None) -> Callable[[], None]:
        def move() -> None:
            target = address or _ata(owner, mint)
            self.pay(WALLET, target, RENT)()
            self.accounts[target] = replace(self.accounts[target], mint=mint, owner=owner)

        return move

    def close(self, address: str, target: str) -> Callable[[], None]:
        def move() -> None:
            self.accounts[target].lamports += self.accounts[address].lamports
            self.accounts[address] = Account()

        return move

    def hand_over(self, address: str, owner: str) -> Callable[[], None]:
        def move() -> None:
            self.accounts[address].owner = owner

        return move

    def fund(self, owner: str, mint: str, amount_raw: int) -> str:
        """Give tokens by decree and return their account."""
        address = _ata(owner, mint)
        self.accounts[address] = Account(RENT, mint, owner, amount_raw)
        return address


def _change(address: str, before: Account, after: Account) -> AccountChange:
    mint = after.mint or before.mint
    token = None
    if mint is not None:
        token = TokenChange(
            mint=mint,
            owner_before=before.owner,
            owner_after=after.owner,
            before_raw=before.amount_raw,
            after_raw=after.amount_raw,
        )
    return AccountChange(address=address, lamports_before=before.lamports, lamports_after=after.lamports, token=token)


@pytest.fixture(scope="session")
def address() -> Callable[[str], str]:
    return _address


@pytest.fixture(scope="session")
def ata() -> Callable[[str, str], str]:
    return _ata


@pytest.fixture(scope="session")
def wallet() -> str:
    return WALLET


@pytest.fixture(scope="session")
def recipient() -> str:
    return RECIPIENT


@pytest.fixture(scope="session")
def ledger() -> type[Ledger]:
    return Ledger


@pytest.fixture(scope="session")
def market() -> type[Market]:
    return Market


@pytest.fixture(scope="session")
def make_case() -> Callable[..., TestCase]:
    def build(
        *assertions: Any,
        accounts: Sequence[InitialAccount] = ACCOUNTS,
        steps: Sequence[TestStep] = (TestStep(step_id="1", prompt="do it"),),
        reference: Any = None,
        not_gradable: tuple[str, ...] = (),
        **truth: Any,
    ) -> TestCase:
        return TestCase(
            id="000-case",
            prompt="do it",
            accounts=tuple(accounts),
            steps=tuple(steps),
            ground_truth=GroundTruth(assertions=assertions, **truth),
            reference=reference,
            not_gradable=not_gradable,
            content_hash="0",
        )

    return build


@pytest.fixture(scope="session")
def make_evidence() -> Callable[..., Evidence]:
    def build(**given: Any) -> Evidence:
        nothing = StateView({}, {})
        return Evidence(
            **{
                "wallet": WALLET,
                "addresses": NAMES,
                "ata": _ata,
                "before": nothing,
                "after": nothing,
                "transactions": (),
                "instructions": (),
                "executed": (),
                "reads": frozenset(),
                "steps": (),
                "reference": None,
                **given,
            }
        )

    return build
