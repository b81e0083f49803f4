from __future__ import annotations

import pytest

from reev_api.journals import FileJournals, JournalLine
from reev_types.errors import StorageError


@pytest.fixture
def journals(tmp_path):
    folder = tmp_path / "s-1"
    folder.mkdir()
    lines = [f'{{"seq":{number},"type":"t{number}"}}\n' for number in range(4)]
    (folder / "journal.jsonl").write_text("".join(lines) + '{"seq":4,"type":"half')
    return FileJournals(tmp_path)


async def test_whole_lines_are_read_from_any_place_on(journals):
    assert await journals.read("s-1", 2, 9) == (
        JournalLine(2, "t2", '{"seq":2,"type":"t2"}'),
        JournalLine(3, "t3", '{"seq":3,"type":"t3"}'),
    )


async def test_no_more_than_was_asked_for_is_read(journals):
    assert [line.seq for line in await journals.read("s-1", 0, 2)] == [0, 1]


@pytest.mark.parametrize(("session_id", "start"), [("s-1", 4), ("s-1", 99), ("none", 0)])
async def test_what_is_not_there_yet_is_nothing(journals, session_id, start):
    assert await journals.read(session_id, start, 9) == ()


@pytest.mark.parametrize("session_id", ["", ".", "..", "../s-1", "/etc", "s-1/..", "s\x00", "-rf", "ü", "x" * 101])
async def test_what_is_no_session_id_leads_nowhere(journals, session_id):
    with pytest.raises(StorageError) as caught:
        await journals.read(session_id, 0, 1)
    assert caught.value.code == "bad_session_id"


async def test_a_journal_that_cannot_be_read_is_told(journals, tmp_path):
    (tmp_path / "s-2" / "journal.jsonl").mkdir(parents=True)
    with pytest.raises(StorageError):
        await journals.read("s-2", 0, 1)
