import pytest

from reev_orchestrator.language import parse
from reev_orchestrator.reading._rendering import rendered
from reev_orchestrator.reading._target import Answer
from reev_types.errors import TokenError

ALICE = "9aE476sH92Vz7DMPyq5WLPkrKWivxeuTKEFKd2sZZcde"


def said(*intents):
    return rendered(Answer.model_validate({"intents": list(intents)}).intents)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ({"kind": "exact", "value": "0.1"}, "0.1 SOL"),
        ({"kind": "share", "of": "1/2"}, "1/2 of my SOL"),
        ({"kind": "share", "of": "12.5%"}, "12.5% of my SOL"),
        ({"kind": "all"}, "all my SOL"),
        ({"kind": "all", "keep": "0.5"}, "all my SOL except 0.5 SOL"),
        ({"kind": "usd", "value": "20"}, "$20 worth of SOL"),
    ],
)
def test_every_kind_of_amount_is_said(amount, words):
    sentence = said({"kind": "transfer", "mint": "SOL", "recipient": ALICE, "amount": amount})
    assert sentence == f"send {words} to {ALICE}"
    assert len(parse(sentence).steps) == 1


@pytest.mark.parametrize(
    ("intent", "words"),
    [
        ({"kind": "swap", "input_mint": "SOL", "output_mint": "USDC", "side": "out"}, "buy 5 USDC with SOL"),
        ({"kind": "swap", "input_mint": "SOL", "output_mint": "USDC"}, "swap 5 SOL to USDC"),
        ({"kind": "lend_deposit", "mint": "USDC"}, "lend 5 USDC on Jupiter"),
        ({"kind": "lend_withdraw", "mint": "USDC"}, "withdraw 5 USDC from Jupiter"),
    ],
)
def test_every_kind_of_intent_is_said(intent, words):
    assert said(intent | {"amount": {"kind": "exact", "value": "5"}}) == words
    assert parse(words).intents[0].kind == intent["kind"]


@pytest.mark.parametrize(("kind", "verb"), [("lend_mint", "mint"), ("lend_redeem", "redeem")])
@pytest.mark.parametrize("mint", ["USDC", "jlUSDC"])
def test_shares_are_counted_in_the_share_token(kind, verb, mint):
    assert said({"kind": kind, "mint": mint, "shares": {"kind": "exact", "value": "5"}}) == f"{verb} 5 jlUSDC"


def test_a_later_step_speaks_of_an_earlier_one():
    swap = {"kind": "swap", "input_mint": "SOL", "output_mint": "USDC", "amount": {"kind": "exact", "value": "1"}}
    lend = {"kind": "lend_deposit", "mint": "USDC", "amount": {"kind": "from_step", "step": 1}}
    assert said(swap, lend) == "swap 1 SOL to USDC, then lend the USDC from step 1 on Jupiter"


def test_queries_are_said():
    assert said({"kind": "balances"}, {"kind": "positions"}) == "show my balances, then show my lending positions"


def test_a_token_outside_the_registry_is_refused():
    with pytest.raises(TokenError):
        said({"kind": "lend_deposit", "mint": "WIF", "amount": {"kind": "all"}})
