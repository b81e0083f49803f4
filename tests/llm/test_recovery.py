"""A model that is asked again after a failure: what it is told, and that a payment it repeats is not made twice."""

from __future__ import annotations

import pytest

BENCHMARK = "408-two-recipients"
PAYMENTS = {"ALICE_WALLET_PUBKEY": "20", "BOB_WALLET_PUBKEY": "30"}


@pytest.fixture
def asked(serve, root_of, say):
    """Return a server's address and what is asked of its model, which pays whom ``still_to_pay`` names."""

    def asked(still_to_pay):
        prompts = []

        def answer(body):
            prompt = body["messages"][1]["content"]
            turn = sum(message["role"] == "assistant" for message in body["messages"])
            if turn == 0:
                prompts.append(prompt)
            left = still_to_pay(prompt)
            if turn == len(left):
                return say(body, "Both have their USDC.")
            return say(
                body, [{"spl_transfer": {"token": "USDC", "recipient": left[turn], "amount": PAYMENTS[left[turn]]}}]
            )

        return root_of(serve(answer)), prompts

    return asked


def not_landed(prompt: str) -> list[str]:
    """Whom a model pays that heeds what it is told of earlier attempts."""
    return [recipient for recipient in PAYMENTS if f'\\"{recipient}\\"' not in prompt]


@pytest.mark.parametrize(
    "still_to_pay", [not_landed, lambda prompt: list(PAYMENTS)], ids=["does the rest", "repeats all"]
)
def test_each_is_paid_once(run, asked, still_to_pay):
    root, prompts = asked(still_to_pay)
    (trial,) = run([BENCHMARK], "local", root)
    assert (trial.result.status, trial.result.judgement.score) == ("passed", 1.0)
    assert len(prompts) == 3


def test_each_attempt_is_told_what_the_one_before_came_to(run, asked):
    root, prompts = asked(not_landed)
    run([BENCHMARK], "local", root)
    first, second, third = prompts
    assert "attempt" not in first
    assert "This is attempt 2" in second
    assert '"code": "rpc_unreachable"' in second
    assert '"changed": "-0.000005 SOL, -20 USDC"' in second
    assert '"code": "blockhash_expired"' in third
    assert '"changed": "-0.000005 SOL, -20 USDC"' in third


@pytest.mark.parametrize(
    "other_words",
    [
        {"amount": "20.00"},
        {"amount": None, "amount_raw": 20_000_000},
        {"token": "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v"},
    ],
    ids=["other digits", "raw units", "the mint"],
)
def test_a_payment_repeated_in_other_words_is_not_made_twice(run, serve, root_of, say, other_words):
    def answer(body):
        turn = sum(message["role"] == "assistant" for message in body["messages"])
        if turn == len(PAYMENTS):
            return say(body, "Both have their USDC.")
        recipient = list(PAYMENTS)[turn]
        payment = {"token": "USDC", "recipient": recipient, "amount": PAYMENTS[recipient]}
        if turn == 0 and "This is attempt" in body["messages"][1]["content"]:
            payment |= other_words
        return say(body, [{"spl_transfer": payment}])

    (trial,) = run([BENCHMARK], "local", root_of(serve(answer)))
    assert trial.result.status == "passed"
    assert [event.attempt for event in trial.events if event.type == "step_started"] == [1, 2, 3]
