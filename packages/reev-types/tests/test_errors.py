import pickle

import pytest

from reev_types import errors
from reev_types.errors import BenchmarkError, FilePlace, ReevError, TextPlace, UserError


def kinds() -> list[type[ReevError]]:
    found, queue = [], [ReevError]
    while queue:
        kind = queue.pop()
        found.append(kind)
        queue.extend(kind.__subclasses__())
    return found


def test_an_error_prints_place_message_and_code_on_one_line():
    error = BenchmarkError("bad_key", "unknown key", place=FilePlace("a.yml", 3, 5))
    assert str(error) == "a.yml:3:5: unknown key [bad_key]"


def test_a_place_in_a_text_names_its_column_from_one():
    assert str(ReevError("x", "what is this", place=TextPlace("swap foo", 5, 8))) == "column 6: what is this [x]"


@pytest.mark.parametrize("kind", kinds())
def test_every_error_survives_pickling(kind):
    error = kind("code", "text", place=FilePlace("f", 1, 2), suggestions=("do",), context={"n": 1})
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is kind
    assert vars(copy) == vars(error)


@pytest.mark.parametrize("kind", kinds())
def test_the_module_docstring_is_the_tree_of_all_errors(kind):
    assert kind.__name__ in (errors.__doc__ or "")


def test_a_users_mistake_and_a_failing_world_have_their_own_exit_status():
    statuses = {kind.__name__: kind.exit_status for kind in kinds()}
    assert statuses["BenchmarkError"] == UserError.exit_status == 2
    assert statuses["ChainError"] == 3


def test_a_place_is_filled_in_once():
    error = ReevError("x", "y").at(FilePlace("first"))
    assert error.at(FilePlace("second")).place == FilePlace("first")
