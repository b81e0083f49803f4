from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from reev_api.storage._engine import migrate, open_engine
from reev_api.storage._tables import METADATA
from reev_types.errors import StorageError, UsageError


@pytest.mark.parametrize("url", ["", "reev.sqlite", "mysql://localhost/reev", "sqlite"])
def test_an_url_of_no_database_is_the_callers_mistake(url):
    with pytest.raises(UsageError) as caught:
        open_engine(url)
    assert caught.value.code == "bad_database_url"


def test_a_database_that_cannot_be_opened_is_told_in_a_line(tmp_path):
    with pytest.raises(StorageError) as caught:
        migrate(open_engine(f"sqlite:///{tmp_path}/no/such/folder/reev.sqlite"))
    assert caught.value.code == "database_failed"
    assert "\n" not in caught.value.message


def test_a_postgresql_that_is_not_there_is_told_in_a_line():
    pytest.importorskip("psycopg", reason="the extra postgres is not installed")
    with pytest.raises(StorageError) as caught:
        migrate(open_engine("postgresql://reev@127.0.0.1:1/reev?connect_timeout=2"))
    assert caught.value.code == "database_failed"


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_migrations_make_the_tables_that_the_code_uses(kind, request, tmp_path):
    url = f"sqlite:///{tmp_path}/reev.sqlite" if kind == "sqlite" else request.getfixturevalue("postgres")
    engine = open_engine(url)
    migrate(engine)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    engine.dispose()
    assert differences == []


def test_migrating_twice_changes_nothing(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path}/reev.sqlite")
    migrate(engine)
    once = inspect(engine).get_table_names()
    migrate(engine)
    again = inspect(engine).get_table_names()
    engine.dispose()
    assert again == once != []
