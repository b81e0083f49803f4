from __future__ import annotations

import asyncio
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from reev_api.journals import JournalLine
from reev_api.live import ENDED, Live
from reev_api.storage import SessionEnding
from reev_types.executions import ExecutionStatus

ENDING = SessionEnding(status=ExecutionStatus.COMPLETED, events=3, outcome="passed")


class Journals:
    def __init__(self):
        self.lines = []

    async def read(self, session_id, start, limit):
        await asyncio.sleep(0)
        return tuple(self.lines[start : start + limit])

    def write(self):
        self.lines.append(JournalLine(len(self.lines), "happened", f'{{"seq":{len(self.lines)}}}'))
        return self.lines[-1]


class Storage:
    ending = None

    async def session(self, session_id):
        if self.ending is None:
            return None
        told = self.ending.model_dump()
        return SimpleNamespace(ended_at="now", model_dump=lambda include: {name: told[name] for name in include})


class Session:
    """A session that is under way, in a journal and on air."""

    def __init__(self, *, is_fresh=True, heartbeat_s=30.0):
        self.journals, self.storage = Journals(), Storage()
        self.live = Live(self.journals, self.storage, heartbeat_s)
        self.live.open("s", is_fresh=is_fresh)

    def happen(self):
        self.live.publish("s", self.journals.write())

    def end(self):
        self.storage.ending = ENDING.model_copy(update={"events": len(self.journals.lines)})
        self.live.end("s", self.storage.ending)

    async def seen(self, start=0, **how):
        return [frame and frame.line.seq async for frame in self.live.follow("s", start, **how)]


async def test_who_watches_from_the_beginning_sees_everything_as_it_happens():
    session = Session()
    watching = asyncio.create_task(session.seen())
    for _ in range(3):
        session.happen()
        await asyncio.sleep(0)
    session.end()
    assert await watching == [0, 1, 2, 3]


async def test_who_comes_late_reads_the_journal_first():
    session = Session(is_fresh=False)
    session.journals.write()
    watching = asyncio.create_task(session.seen())
    await asyncio.sleep(0.01)
    session.happen()
    session.end()
    assert await watching == [0, 1, 2]


async def test_who_is_far_behind_reads_the_journal():
    session = Session()
    for _ in range(600):
        session.happen()
    session.end()
    assert await session.seen() == list(range(601))


async def test_a_slow_reader_misses_nothing():
    session = Session()
    frames = session.live.follow("s", 0)
    session.happen()
    assert (await anext(frames)).line.seq == 0
    for _ in range(600):
        session.happen()
    session.end()
    assert [frame.line.seq async for frame in frames] == list(range(1, 602))


async def test_the_end_is_the_last_line_and_says_how():
    session = Session()
    session.happen()
    watching = session.live.follow("s", 1)
    waiting = asyncio.create_task(anext(watching))
    await asyncio.sleep(0)
    session.end()
    frame = await waiting
    assert (frame.is_last, frame.line.type, frame.line.seq) == (True, ENDED, 1)
    assert frame.sse.startswith(b"id: 1\nevent: session_ended\ndata: {")


async def test_a_session_that_ended_long_ago_is_replayed():
    session = Session()
    session.happen()
    session.end()
    assert await session.seen() == [0, 1]
    assert await session.seen(1) == [1]
    assert await session.seen(2) == []


async def test_a_session_that_nobody_knows_has_no_events():
    live = Live(Journals(), Storage(), 30)
    assert [frame async for frame in live.follow("s", 0)] == []


async def test_without_waiting_a_stream_ends_with_what_has_happened():
    session = Session()
    session.happen()
    assert await session.seen(waits=False) == [0]


async def test_silence_is_told():
    session = Session(heartbeat_s=0.001)
    frames = session.live.follow("s", 0)
    assert await anext(frames) is None
    await frames.aclose()


async def test_who_is_let_go_is_not_told_of_an_end():
    session = Session()
    session.happen()
    watching = asyncio.create_task(session.seen())
    await asyncio.sleep(0)
    session.live.release()
    assert await watching == [0]


async def test_what_happens_in_a_session_that_is_not_on_air_is_not_kept():
    live = Live(Journals(), Storage(), 30)
    live.publish("s", JournalLine(0, "happened", "{}"))
    live.end("s", ENDING)
    assert [frame async for frame in live.follow("s", 0)] == []


@settings(max_examples=40)
@given(
    steps=st.lists(st.sampled_from(["happen", "yield", "join", "leave"]), max_size=60),
    already=st.integers(0, 5),
    is_fresh=st.booleans(),
)
def test_nothing_is_lost_or_doubled_whenever_watchers_come_and_go(steps, already, is_fresh):
    async def play():
        session = Session(is_fresh=is_fresh or not already)
        for _ in range(already):
            session.happen() if is_fresh else session.journals.write()
        watchers = []
        for step in steps:
            match step:
                case "happen":
                    session.happen()
                case "yield":
                    await asyncio.sleep(0)
                case "join":
                    seen = []
                    watchers.append((seen, asyncio.create_task(_watch(session, seen))))
                case "leave" if watchers:
                    seen, task = watchers.pop(0)
                    task.cancel()
                    await asyncio.gather(task, return_exceptions=True)
                    # It comes back with the number of the last event that it has.
                    watchers.append((seen, asyncio.create_task(_watch(session, seen))))
        session.end()
        await asyncio.gather(*(task for _, task in watchers))
        for seen, _ in watchers:
            assert seen == list(range(len(session.journals.lines) + 1))

    asyncio.run(play())


async def _watch(session, seen):
    async for frame in session.live.follow("s", seen[-1] + 1 if seen else 0):
        seen.append(frame.line.seq)
