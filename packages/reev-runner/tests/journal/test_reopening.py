"""A session that was interrupted is opened again by one process, without the line that was being written."""

import os
import sys

import pytest

from reev_runner.journal import RunStore, _store, _sync, read_journal
from reev_types.errors import StorageError


@pytest.fixture
async def interrupted(run_trial, two_payments, tmp_path):
    """A store with a session of four whole lines and a torn one."""
    store = RunStore(tmp_path / "runs")
    files = store.open_session("s1")
    for event in (await run_trial(two_payments))[:4]:
        files.write_event(event)
    files.close()
    with (store.root / "s1" / "journal.jsonl").open("a") as journal:
        journal.write('{"type": "transaction_sent", "seq"')
    return store


async def test_the_line_that_was_being_written_is_gone_and_the_next_stands_in_its_place(interrupted):
    folder = interrupted.find("s1")
    events = read_journal(folder)
    files = interrupted.reopen_session(folder)
    files.write_event(events[-1].model_copy(update={"seq": len(events)}))
    files.close()
    assert [event.seq for event in read_journal(folder)] == [0, 1, 2, 3, 4]


async def test_a_session_belongs_to_one_process_at_a_time(interrupted):
    folder = interrupted.find("s1")
    files = interrupted.reopen_session(folder)
    with pytest.raises(StorageError, match="another process is writing this session") as caught:
        interrupted.reopen_session(folder)
    assert caught.value.code == "session_in_use"
    files.close()
    interrupted.reopen_session(folder).close()


async def test_a_session_that_cannot_be_opened_is_a_storage_error(tmp_path):
    with pytest.raises(StorageError, match="cannot open"):
        RunStore(tmp_path).reopen_session(tmp_path / "nowhere")


async def test_events_are_durable_and_their_session_can_be_found(interrupted, monkeypatch):
    synced = []
    monkeypatch.setattr(os, "fdatasync", lambda descriptor: synced.append("events"))
    monkeypatch.setattr(_store, "sync_folders", lambda *folders: synced.append([folder.name for folder in folders]))
    files = interrupted.open_session("s2")
    for _ in range(2):
        files.make_durable()
    assert synced == ["events", ["s2", "runs"], "events"]
    files.close()


async def test_a_disk_that_does_not_sync_is_a_storage_error(interrupted, monkeypatch):
    def broken(descriptor):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fdatasync", broken)
    files = interrupted.open_session("s2")
    with pytest.raises(StorageError, match="cannot sync"):
        files.make_durable()
    files.close()


def test_folders_are_synced_for_real(tmp_path):
    _sync.sync_folders(tmp_path, tmp_path.parent)
    with pytest.raises(OSError, match="No such file"):
        _sync.sync_folders(tmp_path / "nowhere")


def test_where_files_cannot_be_claimed_nobody_is_kept_out(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    with (tmp_path / "journal").open("w") as one, (tmp_path / "journal").open() as other:
        assert _sync.claimed(one.fileno())
        assert _sync.claimed(other.fileno())
