"""Streams of sessions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence

from reev_api.journals import JournalLine, Journals
from reev_api.storage import SessionEnding, Storage

from ._ending import ending_line
from ._topics import Frame, Topic

__all__ = ["Live"]

_AT_ONCE = 256


class Live:
    """Every session that can be watched: those under way in memory, all of them from their journals."""

    def __init__(self, journals: Journals, storage: Storage, heartbeat_s: float) -> None:
        self._journals = journals
        self._storage = storage
        self._heartbeat_s = heartbeat_s
        self._topics: dict[str, Topic] = {}

    def open(self, session_id: str, *, is_fresh: bool) -> None:
        """Have a session watched; one that is not fresh has a journal already, or may have."""
        self._topics[session_id] = Topic(is_fresh=is_fresh)

    def publish(self, session_id: str, line: JournalLine) -> None:
        """Tell what happened in a session; it stands in the journal already."""
        topic = self._topics.get(session_id)
        if topic is not None:
            topic.publish(line)

    def end(self, session_id: str, ending: SessionEnding) -> None:
        """Tell how a session ended; it stands in the storage already."""
        topic = self._topics.pop(session_id, None)
        if topic is not None:
            topic.end(ending_line(session_id, ending))

    def release(self) -> None:
        """Let all watchers go."""
        for topic in self._topics.values():
            topic.release()
        self._topics.clear()

    async def follow(self, session_id: str, start: int, *, waits: bool = True) -> AsyncGenerator[Frame | None]:
        """Yield the events of a session from number ``start`` on, each once and in order, and last how it ended.

        None is yielded when nothing has happened for a while. Without ``waits`` it ends with what has happened by
        now. A session that nobody knows has no events. Raises StorageError.
        """
        topic = self._topics.get(session_id) or await self._past(session_id)
        position = start
        while True:
            changed = topic.changed()
            frames = await self._known(topic, session_id, position)
            for frame in frames:
                yield frame
                position = frame.line.seq + 1
            if frames or changed.is_set():
                continue
            if topic.final is not None and position <= topic.final.line.seq:
                yield topic.final
            if topic.is_over or not waits:
                return
            if not await _within(changed, self._heartbeat_s):
                yield None

    async def _known(self, topic: Topic, session_id: str, position: int) -> Sequence[Frame]:
        """Return the next events that have happened, at least one where there is one."""
        if topic.has(position):
            return topic.since(position)
        return [Frame(line) for line in await self._journals.read(session_id, position, _AT_ONCE)]

    async def _past(self, session_id: str) -> Topic:
        """Return a session that is not under way as a topic that will say no more."""
        topic = Topic(is_fresh=False)
        session = await self._storage.session(session_id)
        if session is None or session.ended_at is None:
            topic.release()
            return topic
        ending = SessionEnding.model_validate(session.model_dump(include=set(SessionEnding.model_fields)))
        topic.end(ending_line(session_id, ending))
        return topic


async def _within(changed: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await changed.wait()
    except TimeoutError:
        return False
    return True
