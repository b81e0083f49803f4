from __future__ import annotations

import asyncio
import itertools

import pytest

from reev_api.storage import NewSession, SessionEnding, SessionFilter, TokenRecord, open_storage
from reev_types.errors import StorageError
from reev_types.executions import ExecutionStatus


class TickingClock:
    def __init__(self):
        self._ticks = itertools.count()

    def now_iso(self):
        return f"2026-11-22T12:00:00.{next(self._ticks):03}Z"


@pytest.fixture(params=["sqlite", "postgresql"])
async def storage(request, tmp_path):
    url = f"sqlite:///{tmp_path}/reev.sqlite"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres")
        _empty(url)
    opened = open_storage(url, TickingClock())
    yield opened
    await opened.close()


def _empty(url):
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")


def _session(number, **changes):
    told = {
        "session_id": f"s-{number:03}",
        "kind": "direct",
        "agent": "deterministic",
        "prompt": "swap",
        "wallet": "demo:balanced",
        "benchmark_id": None,
        "flow_id": None,
        "order": "{}",
    }
    return NewSession.model_validate(told | changes)


async def test_an_accepted_session_is_queued(storage):
    accepted = await storage.accept(_session(1))
    assert (accepted.is_new, accepted.session.status) == (True, ExecutionStatus.QUEUED)
    kept = await storage.session("s-001")
    assert (kept.prompt, kept.order, kept.created_at) == ("swap", "{}", kept.updated_at)


async def test_there_is_no_session_that_nobody_has_accepted(storage):
    assert await storage.session("s-404") is None


async def test_a_key_stands_for_one_session_however_often_it_is_used_at_once(storage):
    asked = [_session(number, owner="t", idempotency_key="k", fingerprint="f") for number in range(20)]
    accepted = await asyncio.gather(*(storage.accept(new) for new in asked))
    assert sum(each.is_new for each in accepted) == 1
    assert len({each.session.session_id for each in accepted}) == 1


async def test_a_key_is_its_owners_own(storage):
    first = await storage.accept(_session(1, owner="one", idempotency_key="k"))
    second = await storage.accept(_session(2, owner="two", idempotency_key="k"))
    assert (first.is_new, second.is_new) == (True, True)
    assert (await storage.by_key("two", "k")).session_id == "s-002"
    assert await storage.by_key("three", "k") is None


async def test_sessions_without_keys_do_not_stand_in_each_others_way(storage):
    for number in range(2):
        assert (await storage.accept(_session(number))).is_new


async def test_a_session_id_is_not_given_out_twice(storage):
    await storage.accept(_session(1))
    with pytest.raises(StorageError) as caught:
        await storage.accept(_session(1))
    assert caught.value.code == "database_failed"


async def test_what_fails_does_not_take_what_is_committed_beside_it_along(storage):
    await storage.accept(_session(1))
    done = await asyncio.gather(*(storage.accept(_session(n)) for n in (1, 2, 1, 3)), return_exceptions=True)
    assert [isinstance(each, StorageError) for each in done] == [True, False, True, False]
    assert {each.session_id for each in await storage.sessions(SessionFilter(), 9)} == {"s-001", "s-002", "s-003"}


async def test_pages_go_from_the_newest_to_the_oldest(storage):
    for number in range(5):
        await storage.accept(_session(number))
    first = await storage.sessions(SessionFilter(), 2)
    then = await storage.sessions(SessionFilter(), 9, first[-1].session_id)
    assert [each.session_id for each in (*first, *then)] == ["s-004", "s-003", "s-002", "s-001", "s-000"]


async def test_filters_hold_together(storage):
    await storage.accept(_session(1, agent="a", flow_id="f"))
    await storage.accept(_session(2, agent="b", flow_id="f"))
    await storage.accept(_session(3, agent="b", flow_id="g"))
    found = await storage.sessions(SessionFilter(agent="b", flow_id="f", status=ExecutionStatus.QUEUED), 9)
    assert [each.session_id for each in found] == ["s-002"]


async def test_a_session_goes_from_queued_over_running_to_its_end(storage):
    await storage.accept(_session(1))
    await storage.started("s-001")
    await storage.planned("s-001", "flow-1", "{}")
    assert (await storage.session("s-001")).status is ExecutionStatus.RUNNING
    assert await storage.ended(
        "s-001", SessionEnding(status=ExecutionStatus.COMPLETED, events=9, outcome="passed", result="{}")
    )
    kept = await storage.session("s-001")
    assert (kept.status, kept.outcome, kept.events, kept.flow_id) == ("completed", "passed", 9, "flow-1")
    assert kept.started_at < kept.ended_at == kept.updated_at


async def test_the_first_end_stands(storage):
    await storage.accept(_session(1))
    assert await storage.ended("s-001", SessionEnding(status=ExecutionStatus.STOPPED, events=3))
    assert not await storage.ended("s-001", SessionEnding(status=ExecutionStatus.COMPLETED, events=9))
    assert (await storage.session("s-001")).status is ExecutionStatus.STOPPED


async def test_what_has_ended_does_not_start_again(storage):
    await storage.accept(_session(1))
    await storage.ended("s-001", SessionEnding(status=ExecutionStatus.FAILED, events=0))
    await storage.started("s-001")
    assert (await storage.session("s-001")).status is ExecutionStatus.FAILED


async def test_unfinished_sessions_come_oldest_first(storage):
    for number in (3, 1, 2):
        await storage.accept(_session(number))
    await storage.started("s-001")
    await storage.ended("s-002", SessionEnding(status=ExecutionStatus.STOPPED, events=0))
    assert [each.session_id for each in await storage.unfinished()] == ["s-001", "s-003"]


async def test_texts_of_any_script_come_back_as_they_were(storage):
    hostile = "<script>'; DROP TABLE sessions; -- 🦀 \u202e \x1b[31m"
    await storage.accept(_session(1, prompt=hostile))
    assert (await storage.session("s-001")).prompt == hostile


async def test_a_revoked_token_stays_in_the_list(storage):
    token = TokenRecord(
        token_id="t1", name="ci", secret_hash="0" * 64, scope="read", created_at="2026", revoked_at=None
    )
    await storage.add_token(token)
    assert await storage.revoke_token("t1")
    assert not await storage.revoke_token("t1")
    assert not await storage.revoke_token("t2")
    (kept,) = await storage.tokens()
    assert (kept.name, kept.revoked_at is None) == ("ci", False)


async def test_what_was_kept_is_there_when_the_database_is_opened_again(tmp_path):
    url = f"sqlite:///{tmp_path}/reev.sqlite"
    first = open_storage(url, TickingClock())
    await first.accept(_session(1))
    await first.close()
    second = open_storage(url, TickingClock())
    assert (await second.session("s-001")).session_id == "s-001"
    await second.close()
