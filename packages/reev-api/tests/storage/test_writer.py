from __future__ import annotations

import threading

import pytest
from sqlalchemy import text

from reev_api.storage._engine import open_engine
from reev_api.storage._writer import Writer
from reev_types.errors import StorageError


@pytest.fixture
def writer(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path}/x.sqlite")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE t (n INTEGER PRIMARY KEY)"))
    writer = Writer(engine)
    yield writer
    writer.close()
    engine.dispose()


def _add(number):
    return lambda connection: connection.execute(text("INSERT INTO t VALUES (:n)"), {"n": number})


def _all(connection):
    return connection.execute(text("SELECT n FROM t ORDER BY rowid")).scalars().all()


@pytest.fixture
def held(writer):
    """Keeps the writer busy until it is set, so that what is handed in meanwhile is committed together."""
    go = threading.Event()
    writer.submit(lambda connection: go.wait(10))
    yield go
    go.set()


def test_writes_are_carried_out_in_their_order(writer, held):
    for number in (3, 1, 2):
        writer.submit(_add(number))
    held.set()
    assert writer.submit(_all).result(10) == [1, 2, 3]


def test_one_that_fails_does_not_take_the_others_along(writer, held):
    done = [writer.submit(_add(number)) for number in (1, 1, 2)]
    held.set()
    assert [isinstance(each.exception(10), StorageError) for each in done] == [False, True, False]
    assert writer.submit(_all).result(10) == [1, 2]


def test_an_error_of_the_caller_is_the_callers(writer):
    def broken(connection):
        raise KeyError("mine")

    assert isinstance(writer.submit(broken).exception(10), KeyError)


def test_what_is_put_off_is_done_before_the_next_write(writer):
    later = writer.put_off(_add(1))
    assert writer.submit(_all).result(10) == [1]
    assert later.done()


def test_what_is_put_off_is_done_before_the_end(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path}/y.sqlite")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE t (n INTEGER PRIMARY KEY)"))
    writer = Writer(engine)
    later = writer.put_off(_add(1))
    writer.close()
    engine.dispose()
    assert later.done()
