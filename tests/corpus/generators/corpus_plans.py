"""Sentences that come to a plan, with the plan computed here."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction

from corpus_words import (
    ALICE,
    BALANCE,
    BOB,
    DECIMALS,
    HELD,
    PRICE,
    SOL_RESERVE,
    Record,
    affordable,
    cased,
    noisy,
    pair,
    share_text,
)

SWAPS = (
    "swap {n} {a} to {b}",
    "swap {n} {a} for {b}",
    "exchange {n} {a} for {b}",
    "convert {n} {a} into {b}",
    "trade {n} {a} for {b}",
    "sell {n} {a} for {b}",
    "change {n} {a} into {b}",
    "turn {n} {a} into {b}",
    "use {n} {a} to buy {b}",
    "spend {n} {a} on {b}",
    "buy {b} with {n} {a}",
    "can you swap {n} {a} to {b}",
    "I want to trade {n} {a} for {b}",
    "I'd like to convert {n} {a} to {b}",
    "using jupiter, swap {n} {a} to {b}",
    "swap {n} {a} to {b} on Jupiter",
    "swap exactly {n} {a} to {b}",
    "purchase {b} using {n} {a}",
)


def swaps(dice: random.Random) -> Iterator[Record]:
    while True:
        a, b = pair(dice)
        amount, raw = affordable(a, dice)
        text = dice.choice(SWAPS).format(n=amount, a=cased(a, dice), b=cased(b, dice))
        yield {"text": noisy(text, dice), "plan": [f"swap {a}>{b} in {raw}"]}


def transfers(dice: random.Random) -> Iterator[Record]:
    phrases = (
        "send {n} {a} to {w}",
        "transfer {n} {a} to {w}",
        "pay {w} {n} {a}",
        "send {w} {n} {a}",
        "give {n} {a} to {w}",
        "I need to send {n} {a} to {w}",
        "could you transfer {n} {a} to {w}",
        "move {n} {a} to {w}",
        "send {n} {a} from my wallet to {w}",
    )
    while True:
        a, payee = dice.choice(HELD), dice.choice((ALICE, BOB))
        amount, raw = affordable(a, dice)
        text = dice.choice(phrases).format(n=amount, a=cased(a, dice), w=payee)
        yield {"text": noisy(text, dice), "plan": [f"transfer {a} {payee} {raw}"]}


def exact_outs(dice: random.Random) -> Iterator[Record]:
    phrases = (
        "buy {n} {b} with {a}",
        "buy {n} {b} using {a}",
        "swap {a} for exactly {n} {b}",
        "swap {a} to get {n} {b}",
        "exchange {a} for {n} {b}",
        "get {n} {b} with {a}",
        "sell {a} for exactly {n} {b}",
        "I want to buy exactly {n} {b} with {a}",
    )
    cheap = {"USDC": 40, "USDT": 30, "JUP": 70, "EURC": 20}
    while True:
        b = dice.choice(tuple(cheap))
        a = dice.choice([token for token in ("SOL", "USDC", "mSOL") if token != b])
        count = dice.randint(1, cheap[b])
        text = dice.choice(phrases).format(n=count, a=cased(a, dice), b=cased(b, dice))
        yield {"text": noisy(text, dice), "plan": [f"swap {a}>{b} out {count * 10 ** DECIMALS[b]}"]}


PARTS = (
    ("half of my {a}", Fraction(1, 2)),
    ("half my {a}", Fraction(1, 2)),
    ("50% of my {a}", Fraction(1, 2)),
    ("1/2 of my {a}", Fraction(1, 2)),
    ("a third of my {a}", Fraction(1, 3)),
    ("one third of my {a}", Fraction(1, 3)),
    ("two thirds of my {a}", Fraction(2, 3)),
    ("2/3 of my {a}", Fraction(2, 3)),
    ("a quarter of my {a}", Fraction(1, 4)),
    ("25 percent of my {a}", Fraction(1, 4)),
    ("3/4 of my {a}", Fraction(3, 4)),
    ("30% of my {a}", Fraction(3, 10)),
    ("30% {a}", Fraction(3, 10)),
    ("7.5% of my {a}", Fraction(3, 40)),
    ("0.5% of my {a}", Fraction(1, 200)),
    ("1/7 of my {a}", Fraction(1, 7)),
    ("80% of the {a}", Fraction(4, 5)),
    ("33% of my {a} balance", Fraction(33, 100)),
)


def shares(dice: random.Random) -> Iterator[Record]:
    while True:
        a, b = pair(dice)
        phrase, fraction = dice.choice(PARTS)
        resolved = BALANCE[a] * fraction.numerator // fraction.denominator
        amount = f"share:{share_text(fraction)} = {resolved}"
        asset = phrase.format(a=cased(a, dice))
        text, label = dice.choice(
            (
                (f"swap {asset} to {b}", f"swap {a}>{b} in {amount}"),
                (f"buy {b} with {asset}", f"swap {a}>{b} in {amount}"),
                (f"send {asset} to {ALICE}", f"transfer {a} {ALICE} {amount}"),
                (f"use {asset} to get {b}", f"swap {a}>{b} in {amount}"),
            )
        )
        yield {"text": noisy(text, dice), "plan": [label]}


def everything(dice: random.Random) -> Iterator[Record]:
    phrases = ("all my {a}", "all of my {a}", "all {a}", "max {a}", "my entire {a} balance", "my whole {a} balance")
    but = ("everything but {k} {a}", "all my {a} except {k} {a}", "all but {k} {a}", "all my {a} except for {k}")
    while True:
        a, b = pair(dice)
        spendable = BALANCE[a] - (SOL_RESERVE if a == "SOL" else 0)
        if dice.random() < 0.5:
            phrase, amount = dice.choice(phrases).format(a=cased(a, dice)), f"all = {spendable}"
        else:
            keep, raw = affordable(a, dice)
            phrase = dice.choice(but).format(a=cased(a, dice), k=keep)
            amount = f"all-{raw} = {min(spendable, BALANCE[a] - raw)}"
        text, label = dice.choice(
            (
                (f"swap {phrase} to {b}", f"swap {a}>{b} in {amount}"),
                (f"send {phrase} to {BOB}", f"transfer {a} {BOB} {amount}"),
                (f"convert {phrase} into {b}", f"swap {a}>{b} in {amount}"),
            )
        )
        yield {"text": noisy(text, dice), "plan": [label]}


def dollars(dice: random.Random) -> Iterator[Record]:
    phrases = ("${n} worth of {a}", "${n} of {a}", "{n} dollars of {a}", "{n} dollars worth of {a}", "{n}$ of {a}")
    more = ("{n} bucks of {a}", "{n} USD of {a}", "{n} usd worth of my {a}", "${n} worth of my {a}")
    while True:
        a = dice.choice(tuple(PRICE))
        b = dice.choice([token for token in DECIMALS if token != a])
        value = dice.choice((1, 2, 5, 7.5, 10, 12.25, 20, 33, 49.99))
        raw = int(Fraction(str(value)) / PRICE[a] * 10 ** DECIMALS[a])
        phrase = dice.choice(phrases + more).format(n=value, a=cased(a, dice))
        amount = f"usd:{value:g} = {raw}"
        text, label = dice.choice(
            (
                (f"swap {phrase} to {b}", f"swap {a}>{b} in {amount}"),
                (f"send {phrase} to {ALICE}", f"transfer {a} {ALICE} {amount}"),
            )
        )
        yield {"text": noisy(text, dice), "plan": [label]}


def lending(dice: random.Random) -> Iterator[Record]:
    phrases = (
        "lend {n} {a}",
        "lend {n} {a} on jupiter",
        "deposit {n} {a} into Jupiter lending",
        "supply {n} {a} to jupiter",
        "put {n} {a} into lending",
        "deposit {n} {a} in jupiter lend",
        "I want to lend {n} {a} using Jupiter",
        "earn yield on {n} {a} on Jupiter",
    )
    back = ("withdraw {n} {a} from Jupiter", "take out {n} {a} from jupiter", "pull {n} {a} out of jupiter lending")
    while True:
        a = dice.choice(("SOL", "USDC", "USDT"))
        amount, raw = affordable(a, dice)
        deposit = dice.random() < 0.6
        text = dice.choice(phrases if deposit else back).format(n=amount, a=cased(a, dice))
        yield {"text": noisy(text, dice), "plan": [f"lend_{'deposit' if deposit else 'withdraw'} {a} {raw}"]}


def sequences(dice: random.Random) -> Iterator[Record]:
    joints = (" then ", " and then ", ", then ", " and ", "; ", ". Then ", ", after that ", " and after that ")
    lend = ("lend it", "lend the proceeds", "deposit it into jupiter lending", "put it into lending", "lend the {b}")
    while True:
        a = dice.choice(HELD)
        b = dice.choice([token for token in ("USDC", "USDT", "SOL") if token != a])
        amount, raw = affordable(a, dice)
        first = f"swap {amount} {cased(a, dice)} to {b}"
        c = "JUP" if a != "JUP" else "BONK"
        ways = (
            (dice.choice(lend).format(b=b), f"lend_deposit {b} from:swap_1"),
            (f"send it to {BOB}", f"transfer {b} {BOB} from:swap_1"),
            (f"swap it to {c}", f"swap {b}>{c} in from:swap_1"),
            ("check my positions", "positions"),
            (f"send 1 USDC to {ALICE}", f"transfer USDC {ALICE} 1000000"),
        )
        second, label = dice.choice(ways)
        plan = [f"swap {a}>{b} in {raw}", label]
        yield {"text": noisy(first + dice.choice(joints) + second, dice), "plan": plan}


def goals(dice: random.Random) -> Iterator[Record]:
    while True:
        percent = dice.choice((10, 20, 25, 40, 50, 75))
        multiple = dice.choice(("1.1", "1.5", "2", "3", "1.25"))
        share = Fraction(percent, 100)
        swap = f"swap SOL>USDC in share:{share_text(share)} = {BALANCE['SOL'] * percent // 100} ^{multiple}"
        plain = (
            f"use {percent}% sol to {multiple}x usdc",
            f"use {percent}% of my SOL to {multiple}x my USDC",
            f"use my {percent}% SOL to multiply USDC {multiple}x",
            f"{multiple}x my USDC using {percent}% of my SOL",
            f"use {percent}% of my SOL to grow my USDC to {multiple}x",
        )
        growing = (
            f"use my {percent}% sol to multiply usdc {multiple}x on jup",
            f"use {percent}% of my SOL to grow my USDC {multiple}x on Jupiter",
            f"use {percent}% SOL to multiply my USDC by {multiple} on jupiter",
        )
        if dice.random() < 0.6:
            yield {"text": noisy(dice.choice(plain), dice), "plan": [swap]}
        else:
            yield {"text": noisy(dice.choice(growing), dice), "plan": [swap, "lend_deposit USDC from:swap_1"]}


def slips(dice: random.Random) -> Iterator[Record]:
    """Verbs with two neighbouring letters exchanged or one doubled."""
    while True:
        a, b = pair(dice)
        amount, raw = affordable(a, dice)
        verb = dice.choice(("swap", "exchange", "convert", "trade"))
        at = dice.randrange(1, len(verb) - 1)
        doubled = verb[: at + 1] + verb[at:]
        swapped = verb[:at] + verb[at + 1] + verb[at] + verb[at + 2 :]
        typed = dice.choice((doubled, swapped))
        yield {"text": f"{typed} {amount} {a} to {b}", "plan": [f"swap {a}>{b} in {raw}"]}
