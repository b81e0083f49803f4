import asyncio

import pytest

from reev_orchestrator.recovery import DeadlineReached, Decided, Exhausted, FailedStep, Recovered
from reev_types.alternatives import AlternativeFlow, SplitAmount
from reev_types.amounts import AllAmount, ExactAmount
from reev_types.errors import SourceError
from reev_types.intents import LendWithdrawIntent
from reev_types.recovery import Answer
from reev_types.tokens import find_token


class Person:
    """Gives answers in order, and remembers the questions; an answer may take its time."""

    def __init__(self, *answers, seconds=0, time=None):
        self.answers = list(answers)
        self.questions = []
        self.seconds = seconds
        self.time = time

    async def ask(self, question):
        self.questions.append(question)
        if self.seconds:
            await self.time.sleep(self.seconds)
        return self.answers.pop(0)


RETRY, SKIP, ABORT = (Answer(choice=choice) for choice in ("retry", "skip", "abort"))


def amount(words):
    return Answer(choice="change_amount", amount=words)


@pytest.fixture
def recover(engine, step):
    """Recover ``swap_1`` by a person alone."""

    async def make(person, failure, steps, of=step, **said):
        made = engine(enable_retry=False, enable_user_fulfillment=True, asker=person, **said)
        return await made.recover(of, failure, steps)

    return make


@pytest.fixture
def answers(journal):
    def make():
        return [
            (event.question_id, event.answer.choice, event.by) for event in journal if event.type == "question_answered"
        ]

    return make


async def test_a_person_is_asked_what_to_do(recover, executor, fail, journal):
    person = Person(SKIP)
    assert await recover(person, fail(message="too many requests"), executor()) == Decided("skip", "person")
    (question,) = person.questions
    assert question.model_dump() == {
        "question_id": "swap_1_1_1",
        "step_id": "swap_1",
        "text": "Swap 1 SOL to USDC did not work: too many requests [rate_limited]. What is to be done?",
        "choices": ("retry", "change_amount", "skip", "abort"),
        "default": "abort",
        "timeout_ms": 20_000,
    }
    kinds = [event.type for event in journal]
    assert kinds == ["recovery_decided", "question_asked", "question_answered", "recovery_decided", "recovery_ended"]


@pytest.mark.parametrize(
    ("intent", "landed"), [(None, 0), (ExactAmount(raw=10**9), 1)], ids=["no typed form", "something has landed"]
)
async def test_another_amount_is_on_offer_only_where_one_can_be_reckoned_with(
    recover, executor, fail, swap, intent, landed
):
    person = Person(ABORT)
    of = FailedStep("swap_1", "Do something", intent and swap(intent))
    await recover(person, fail(landed=landed), executor(), of)
    assert person.questions[0].choices == ("retry", "skip", "abort")


async def test_a_person_may_have_it_tried_again_as_often_as_they_like(recover, executor, fail, answers):
    steps = executor(fail(), fail("server_error"), True)
    assert await recover(Person(RETRY, RETRY, RETRY), fail(), steps) == Recovered("user_fulfillment")
    assert steps.asked == [("swap_1", None)] * 3
    assert [question for question, _, _ in answers()] == ["swap_1_1_1", "swap_1_2_1", "swap_1_3_1"]


async def test_a_smaller_amount_is_done_and_the_rest_is_missed(recover, executor, fail, swap):
    steps = executor(True)
    assert await recover(Person(amount("0.25")), fail(), steps) == Recovered(
        "user_fulfillment",
        ("swap 0.25 SOL to USDC instead of swap 1 SOL to USDC",),
        ("not done: swap 0.75 SOL to USDC",),
    )
    assert steps.asked == [("swap_1_part_1", "swap 0.25 SOL to USDC")]
    assert steps.parts[0].intent == swap(ExactAmount(raw=250_000_000))


async def test_a_person_may_ask_for_more(recover, executor, fail):
    result = await recover(Person(amount("2 SOL")), fail(), executor(True))
    assert (result.changed, result.missed) == (("swap 2 SOL to USDC instead of swap 1 SOL to USDC",), ())


async def test_the_last_of_several_amounts_counts_against_what_was_asked_for(recover, executor, fail, swap):
    of = FailedStep("swap_1", "Swap all SOL", swap(AllAmount(keep_raw=10**9)))
    steps = executor(fail(), fail(), True)
    result = await recover(Person(amount("half"), amount("$30"), RETRY), fail(), steps, of)
    assert result.changed == ("swap 0.2 SOL to USDC instead of swap 4 SOL to USDC",)
    assert result.missed == ("not done: swap 3.8 SOL to USDC",)
    assert steps.asked[1] == steps.asked[2] == ("swap_1_part_2", "swap 0.2 SOL to USDC")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("a lot", "'a lot' is no amount of SOL"),
        ("1 SOL to USDC then send it to BOB", "'1 SOL to USDC then send it to BOB' is no amount of SOL"),
        ("5 USDC", "'5 USDC' is no amount of SOL"),
        (None, "'' is no amount of SOL"),
        ("900", "this takes 900 SOL; the wallet has 5 SOL for it"),
        ("$0.0000000001", "the amount comes to zero raw units"),
    ],
)
async def test_an_amount_that_is_not_understood_or_not_there_is_asked_again(recover, executor, fail, words, hint):
    person = Person(amount(words), amount("0.5"))
    assert isinstance(await recover(person, fail(), executor(True)), Recovered)
    assert person.questions[1].text.startswith(f"{hint}. Swap 1 SOL to USDC did not work")
    assert person.questions[1].question_id == "swap_1_1_2"


async def test_after_three_answers_in_vain_the_default_holds(recover, executor, fail, answers):
    person = Person(*[amount("a lot")] * 3)
    assert await recover(person, fail(), executor()) == Decided("abort", "default")
    assert answers()[-1] == ("swap_1_1_3", "abort", "default")
    assert len(person.questions) == 3


async def test_what_was_not_on_offer_cannot_be_chosen(recover, executor, fail):
    person = Person(amount("1"), SKIP)
    of = FailedStep("swap_1", "Do something", None)
    assert await recover(person, fail(), executor(), of) == Decided("skip", "person")
    assert person.questions[1].text.startswith("change_amount cannot be chosen here. ")


async def test_balances_that_cannot_be_had_are_told(recover, executor, fail):
    steps = executor()
    steps.fault = SourceError("timeout", "no answer in time")
    person = Person(amount("1"), SKIP)
    await recover(person, fail(), steps)
    assert person.questions[1].text.startswith("no answer in time. ")


async def test_a_withdrawal_may_be_changed_to_a_part_of_the_position(recover, executor, fail, context):
    usdc, shares = find_token("USDC").mint, find_token("jlUSDC")
    balances = context.wallet_context.token_balances | {
        shares.mint: context.wallet_context.token_balances[usdc].model_copy(
            update={"mint": shares.mint, "balance": 10_000_000}
        )
    }
    wallet = context.wallet_context.model_copy(update={"token_balances": balances})
    steps = executor(True)
    steps.known = context.model_copy(update={"wallet_context": wallet})
    of = FailedStep("withdraw_1", "Withdraw 8 USDC", LendWithdrawIntent(mint=usdc, amount=ExactAmount(raw=8_000_000)))
    result = await recover(Person(amount("all")), fail(), steps, of)
    assert result.changed == ("redeem 10 jlUSDC instead of withdraw 8 USDC from Jupiter",)
    assert result.missed == ()


@pytest.mark.parametrize("person", [None, Person(None)], ids=["nobody to ask", "nobody there"])
async def test_without_a_person_the_default_holds_after_the_time_of_a_person(
    recover, executor, fail, answers, time, person
):
    assert await recover(person, fail(), executor(), default_answer="skip") == Decided("skip", "default")
    assert time.monotonic() == 20
    assert answers() == [("swap_1_1_1", "skip", "default")]


async def test_a_person_who_takes_too_long_has_not_answered(recover, executor, fail, answers, time):
    person = Person(RETRY, seconds=60, time=time)
    assert await recover(person, fail(), executor(), question_timeout_ms=5_000) == Decided("abort", "default")
    assert time.monotonic() == 5
    assert answers() == [("swap_1_1_1", "abort", "default")]


async def test_the_time_of_a_person_who_leaves_is_counted_once(recover, executor, fail, time):
    person = Person(None, seconds=7, time=time)
    await recover(person, fail(), executor())
    assert time.monotonic() == 20


async def test_a_default_to_retry_is_followed_once(recover, executor, fail, decisions):
    steps = executor(fail("server_error"))
    result = await recover(None, fail(), steps, default_answer="retry", question_timeout_ms=0)
    assert isinstance(result, Exhausted)
    assert len(steps.parts) == 1
    assert decisions()[-2:] == [
        ("user_fulfillment", "pass", "default_did_not_help"),
        ("user_fulfillment", "give_up", "nothing_helped"),
    ]


async def test_the_time_of_a_person_counts_as_recovery(recover, executor, fail, time):
    person = Person(RETRY, seconds=19, time=time)
    result = await recover(person, fail(), executor(), max_recovery_time_ms=9_000)
    assert (result, time.monotonic()) == (DeadlineReached("flow"), 9)


async def test_a_person_who_says_nothing_is_waited_for_in_real_time(recover, executor, fail, clock):
    class Silent:
        async def ask(self, question):
            await asyncio.Event().wait()

    recovery = asyncio.ensure_future(recover(Silent(), fail(), executor()))
    await clock.advance(19)
    assert not recovery.done()
    await clock.advance(1)
    assert await recovery == Decided("abort", "default")


async def test_what_a_split_left_is_what_a_person_is_asked_about(engine, step, executor, fail):
    halves = AlternativeFlow(id="halves", triggers=("slippage",), rewrite=SplitAmount(parts=2))
    steps = executor(True, fail("slippage_exceeded", landed=1), True)
    made = engine(
        enable_retry=False,
        enable_alternative_flows=True,
        enable_user_fulfillment=True,
        alternatives=[halves],
        asker=Person(amount("0.2")),
    )
    result = await made.recover(step, fail("slippage_exceeded"), steps)
    assert result.changed == (
        "done in part: swap 0.5 SOL to USDC",
        "swap 0.2 SOL to USDC instead of swap 0.5 SOL to USDC",
    )
    assert result.missed == ("not done: swap 0.3 SOL to USDC",)
