from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reev_orchestrator.language import GoalWish, ReadStep, clause_of, parse
from reev_orchestrator.language._echo import normalised
from reev_orchestrator.language._quantities import share_of
from reev_types.amounts import AllAmount, ExactAmount, ShareAmount, UsdAmount
from reev_types.errors import TextPlace, TokenError
from reev_types.intents import (
    BalancesIntent,
    LendDepositIntent,
    LendMintIntent,
    LendRedeemIntent,
    LendWithdrawIntent,
    PositionsIntent,
    RefuseIntent,
    SwapIntent,
    TransferIntent,
)
from reev_types.tokens import TOKENS

ALICE = "9aE476sH92Vz7DMPyq5WLPkrKWivxeuTKEFKd2sZZcde"
PLAIN = [token for token in TOKENS if token.underlying is None]
LENDABLE = [token.underlying for token in TOKENS if token.underlying is not None]

exact = st.integers(1, 2**64 - 1).map(lambda raw: ExactAmount(raw=raw))
dollars = st.decimals("0.01", 10**9, places=2).map(lambda value: UsdAmount(value=value))
percents = st.decimals("0.01", 100, places=2).map(lambda percent: ShareAmount(of=percent / 100))
fractions = st.fractions(0, 1, max_denominator=999).filter(bool).map(lambda part: ShareAmount(of=share_of(part)))
rest = st.integers(0, 2**63).map(lambda raw: AllAmount(keep_raw=raw))
spent = st.one_of(exact, dollars, percents, fractions, rest)
mints = st.sampled_from([token.mint for token in TOKENS])
plain_mints = st.sampled_from([token.mint for token in PLAIN])


@st.composite
def swaps(draw):
    source, target = draw(st.lists(mints, min_size=2, max_size=2, unique=True))
    side = draw(st.sampled_from(["in", "out"]))
    amount = draw(spent if side == "in" else st.one_of(exact, dollars))
    return SwapIntent(input_mint=source, output_mint=target, side=side, amount=amount)


intents = st.one_of(
    swaps(),
    st.builds(TransferIntent, mint=mints, recipient=st.just(ALICE), amount=spent),
    st.builds(LendDepositIntent, mint=plain_mints, amount=spent),
    st.builds(LendWithdrawIntent, mint=plain_mints, amount=spent),
    st.builds(LendMintIntent, mint=st.sampled_from(LENDABLE), shares=exact),
    st.builds(LendRedeemIntent, mint=st.sampled_from(LENDABLE), shares=spent),
    st.just(BalancesIntent()),
    st.just(PositionsIntent()),
)


@settings(max_examples=300, deadline=None)
@given(intents)
def test_an_intent_rendered_to_english_parses_back_to_itself(intent):
    assert parse(clause_of(intent)).intents == (intent,)


@settings(max_examples=60, deadline=None)
@given(st.lists(intents, min_size=1, max_size=4))
def test_so_does_a_sequence_of_intents(sequence):
    place = TextPlace("", 0, 0)
    steps = [ReadStep(f"step_{number}", intent, place) for number, intent in enumerate(sequence, start=1)]
    assert parse(normalised(steps, ())).intents == tuple(sequence)


@pytest.mark.parametrize(
    "text",
    [
        "use 50% sol to 1.5x usdc",
        "use my 50% sol to multiply usdc 1.5x on jup",
        "swap 1 SOL to USDC, lend it, then redeem the shares",
        "withdraw all my USDC from jupiter, swap it to SOL and send it to 9aE476sH92Vz7DMPyq5WLPkrKWivxeuTKEFKd2sZZcde",
        "how much SOL do I have?",
        "swap a third of my BONK to SOL",
    ],
)
def test_the_normalised_sentence_means_the_same_and_is_its_own_normal_form(text):
    reading = parse(text)
    again = parse(reading.normalised)
    assert again.intents == reading.intents
    assert [goal[:3] for goal in again.goals] == [goal[:3] for goal in reading.goals]
    assert again.normalised == reading.normalised


def test_shares_without_a_short_decimal_are_said_as_fractions():
    intent = LendDepositIntent(mint=PLAIN[1].mint, amount=ShareAmount(of=share_of(Fraction(2, 3))))
    assert clause_of(intent) == "lend 2/3 of my USDC on Jupiter"


def test_a_goal_is_said_with_its_step():
    step = parse("swap 1 SOL to USDC").steps[0]
    wish = GoalWish(PLAIN[1].mint, Decimal("1.50"), "swap_1", step.place)
    assert normalised([step], [wish]) == "swap 1 SOL to USDC aiming at 1.5x my USDC"


def test_a_refusal_is_said_with_its_code():
    assert clause_of(RefuseIntent(code="unsupported")) == "refuse: unsupported"


def test_a_mint_outside_the_registry_cannot_be_said():
    with pytest.raises(TokenError, match="not in the token registry"):
        clause_of(LendDepositIntent(mint=ALICE, amount=AllAmount()))
