import os
from pathlib import Path

import pytest

from reev_runner.journal import RunStore, _store, _sync, fold, read_journal
from reev_types.errors import StorageError, UsageError


@pytest.fixture
async def kept(run_trial, two_payments, tmp_path):
    """A finished session on disk."""
    store = RunStore(tmp_path / "runs")
    events = await run_trial(two_payments)
    files = store.open_session("s1")
    for event in events:
        files.write_event(event)
    files.write_result(fold(events))
    files.close()
    store.commit()
    return store, events


async def test_what_was_written_reads_back(kept):
    store, events = kept
    assert read_journal(store.find("s1")) == events


async def test_a_session_is_a_folder_with_two_files(kept):
    store, _ = kept
    assert sorted(path.name for path in (store.root / "s1").iterdir()) == ["journal.jsonl", "result.json"]


async def test_a_session_is_found_by_id_and_by_path(kept, tmp_path):
    store, _ = kept
    assert store.find("s1") == RunStore(tmp_path / "elsewhere").find(str(store.root / "s1")) == store.root / "s1"


@pytest.mark.parametrize("session", ["nobody", "../s1/../..", "", "\x00"])
async def test_an_unknown_session_is_the_users_mistake(kept, session):
    store, _ = kept
    with pytest.raises(UsageError) as caught:
        store.find(session)
    assert caught.value.code == "unknown_session"


async def test_a_session_is_never_overwritten(kept):
    store, _ = kept
    with pytest.raises(StorageError, match="File exists"):
        store.open_session("s1")


@pytest.mark.parametrize(
    ("damage", "line"),
    [
        (lambda text: text[:-20] + b"\n", -1),
        (lambda text: text.replace(b'"seq":3', b'"seq":4', 1), 4),
        (lambda text: b"\xff" + text, 1),
        (lambda text: text.replace(b'"type":"step_started"', b'"type":"step_stared"', 1), 3),
    ],
)
async def test_a_damaged_journal_is_refused_with_its_line(kept, damage, line):
    store, events = kept
    path = store.root / "s1" / "journal.jsonl"
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(StorageError) as caught:
        read_journal(store.root / "s1")
    assert caught.value.code == "broken_journal"
    assert caught.value.place.line == (line if line > 0 else len(events))


async def test_a_line_that_was_being_written_when_the_run_was_interrupted_is_left_out(kept):
    store, events = kept
    path = store.root / "s1" / "journal.jsonl"
    path.write_bytes(path.read_bytes()[:-20])
    assert read_journal(store.root / "s1") == events[:-1]


async def test_a_line_is_written_whole_however_little_the_system_takes_at_a_time(kept, monkeypatch):
    store, events = kept
    files = store.open_session("s2")
    real = _store.os.write
    monkeypatch.setattr(_store.os, "write", lambda descriptor, data: real(descriptor, data[:7]))
    files.write_event(events[0])
    files.close()
    assert read_journal(store.root / "s2") == events[:1]


async def test_nothing_is_written_after_closing(kept):
    store, events = kept
    files = store.open_session("s2")
    files.close()
    with pytest.raises(StorageError):
        files.write_event(events[0])


async def test_a_journal_that_cannot_be_read_is_a_storage_error(tmp_path):
    with pytest.raises(StorageError, match="cannot read"):
        read_journal(tmp_path)


async def test_a_full_disk_is_a_storage_error_with_a_way_out(kept, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    store, events = kept
    files = store.open_session("s2")
    monkeypatch.setattr(_store.os, "write", full)
    with pytest.raises(StorageError, match="No space left on device") as caught:
        files.write_event(events[0])
    assert "free space" in caught.value.suggestions[0]
    files.close()


async def test_a_result_appears_whole_or_not_at_all(kept, monkeypatch):
    def torn(self, target):
        raise OSError(5, "Input/output error")

    store, events = kept
    files = store.open_session("s2")
    monkeypatch.setattr(Path, "replace", torn)
    with pytest.raises(StorageError):
        files.write_result(fold(events))
    assert not (store.root / "s2" / "result.json").exists()
    files.close()


async def test_a_commit_without_anything_new_touches_nothing(kept, monkeypatch):
    store, _ = kept
    monkeypatch.setattr(_store, "make_durable", lambda *args: pytest.fail("nothing was written"))
    store.commit()


async def test_a_failed_sync_is_a_storage_error(kept, monkeypatch):
    def failing(root, written):
        raise OSError(5, "Input/output error")

    store, _ = kept
    store.open_session("s2").close()
    monkeypatch.setattr(_store, "make_durable", failing)
    with pytest.raises(StorageError, match="cannot sync"):
        store.commit()


async def test_without_syncfs_a_commit_syncs_what_there_is_of_each_session_and_the_folder_of_all(kept, monkeypatch):
    store, _ = kept
    store.open_session("s2").close()
    synced = []
    monkeypatch.setattr(_sync, "_syncfs", lambda: None)
    monkeypatch.setattr(_sync, "_fsync", synced.append)
    store.commit()
    assert synced == [store.root / "s2" / "journal.jsonl", store.root / "s2", store.root]


@pytest.mark.parametrize("whole_system", [True, False])
def test_files_are_synced_at_once_or_one_by_one(tmp_path, monkeypatch, whole_system):
    if not whole_system:
        monkeypatch.setattr(_sync, "_syncfs", lambda: None)
    synced = []
    real = os.fsync
    monkeypatch.setattr(_sync.os, "fsync", lambda descriptor: (synced.append(descriptor), real(descriptor)))
    (tmp_path / "a").write_text("x")
    _sync.make_durable(tmp_path, [tmp_path / "a", tmp_path])
    assert len(synced) == (0 if whole_system and os.uname().sysname == "Linux" else 2)


def test_a_system_that_refuses_to_sync_is_an_os_error(tmp_path, monkeypatch):
    monkeypatch.setattr(_sync, "_syncfs", lambda: lambda descriptor: -1)
    with pytest.raises(OSError, match=str(tmp_path)):
        _sync.make_durable(tmp_path, [])


def test_a_system_without_syncfs_is_recognised(monkeypatch):
    monkeypatch.setattr(_sync.sys, "platform", "darwin")
    _sync._syncfs.cache_clear()
    try:
        assert _sync._syncfs() is None
    finally:
        _sync._syncfs.cache_clear()
