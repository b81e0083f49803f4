"""What is soaked: flows with faults at random, and crashes at every journal write."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from itertools import islice, product

from reev_tools.faults import random_faults
from reev_types.atomicity import OnAbort
from reev_types.benchmarks import TestCase
from reev_types.faults import Fault, LostReply

from .checks import Verdict, verdict_on
from .killing import Kill, Session
from .plans import SHAPES, Ending, Kind, case_of, endings, random_shape

__all__ = ["CrashEverywhere", "RandomFlow", "Result", "Task", "crash_tasks", "random_tasks"]

_RATE = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Result:
    """A flow with its verdict."""

    group: str
    name: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class RandomFlow:
    """A flow of a random shape with random faults; every fourth one is killed somewhere, with or without its chain."""

    seed: int
    number: int

    def results(self) -> Iterator[Result]:
        """Carry it out."""
        number = _drawn(f"{self.seed}/{self.number}")
        kinds = random_shape(number)
        ending = tuple(endings())[number // 7 % 9]
        case = _case(f"soak-{self.seed}-{self.number}", kinds, ending, number, asks=number % 3 == 0)
        session = Session(case, number % 1_000)
        if number % 4 or ending.on_abort is OnAbort.ROLLBACK:
            yield Result("random faults", case.id, _verdict(session, ()))
            return
        kill = Kill(write=number // 11 % 60, is_written=bool(number & 16), survives=bool(number & 32))
        yield Result("random faults and a crash", f"{case.id} {kill}", _verdict(session, (kill,)))


@dataclass(frozen=True, slots=True)
class CrashEverywhere:
    """One shape with one ending and one set of faults, killed at every write of its journal, ``step`` writes apart."""

    seed: int
    kinds: tuple[Kind, ...]
    ending: Ending
    variant: str
    apart: int = 1

    def results(self) -> Iterator[Result]:
        """Carry it out, killed once, and a sample of it killed again while it goes on."""
        name = f"{'-'.join(self.kinds)}/{self.ending.mode}/{self.ending.on_abort}/{self.variant}"
        number = _drawn(f"{self.seed}/{name}")
        session = Session(
            _case(name, self.kinds, self.ending, number, variant=self.variant, asks=False), number % 1_000
        )
        writes = len(asyncio.run(session.run()).events)
        for write in range(number % self.apart, writes, self.apart):
            for is_written in (False, True):
                for survives in (False, True) if self.ending.on_abort is not OnAbort.ROLLBACK else (False,):
                    kill = Kill(write, is_written, survives)
                    group = f"crash, chain {'survives' if survives else 'is rebuilt'}"
                    yield Result(group, f"{name} {kill}", _verdict(session, (kill,)))
            first = Kill(
                write, bool(write & 2), survives=bool(write & 4) and self.ending.on_abort is not OnAbort.ROLLBACK
            )
            again = Kill(_drawn(f"{name}/{write}") % 12, is_written=bool(write & 1), survives=first.survives)
            yield Result("two crashes", f"{name} {first} {again}", _verdict(session, (first, again)))


Task = RandomFlow | CrashEverywhere


def random_tasks(seed: int, flows: int) -> Iterator[RandomFlow]:
    """Yield so many flows."""
    yield from (RandomFlow(seed, number) for number in range(flows))


def crash_tasks(seed: int, apart: int, sample: int) -> Iterator[CrashEverywhere]:
    """Yield every shape with every ending, without faults, with replies lost, and with faults at random.

    Writes at which processes are killed lie ``apart``, and ``sample`` takes one of so many.
    """
    every = product(SHAPES, endings(), ("calm", "lost", "random"))
    for kinds, ending, variant in islice(every, 0, None, sample):
        yield CrashEverywhere(seed, kinds, ending, variant, apart)


def _verdict(session: Session, kills: tuple[Kill, ...]) -> Verdict:
    return asyncio.run(_lived(session, kills))


async def _lived(session: Session, kills: tuple[Kill, ...]) -> Verdict:
    life = await session.run(kills[0] if kills else None)
    for number, kill in enumerate(kills, start=1):
        if life.killed:
            following = kills[number] if number < len(kills) else None
            life = await session.go_on(life, with_chain=kill.survives, kill=following)
    return await verdict_on(session, life)


def _case(
    name: str, kinds: tuple[Kind, ...], ending: Ending, number: int, *, asks: bool, variant: str = "random"
) -> TestCase:
    faults: tuple[Fault, ...] = ()
    if variant == "random":
        faults = random_faults(number, [f"step_{place}" for place in range(1, len(kinds) + 1)], rate=_RATE)
    if variant == "lost":
        faults = (LostReply(),)
    return case_of(name, kinds, ending, faults, asks=asks)


def _drawn(name: str) -> int:
    return int.from_bytes(sha256(f"reev soak/{name}".encode()).digest()[:8])
