import pytest

from reev_api import Problem, problem_of
from reev_types.errors import ChainError, FilePlace, ReevError, UsageError


@pytest.mark.parametrize(
    ("error", "status"),
    [(UsageError("a", "b"), 422), (ChainError("a", "b"), 503), (ReevError("a", "b"), 500)],
)
def test_the_status_says_who_has_to_act(error, status):
    assert problem_of(error).status == status


def test_nothing_that_an_error_knows_is_lost():
    error = UsageError("bad_seed", "the seed is negative", place=FilePlace("reev.toml", 3, 1), suggestions=("use 0",))
    assert problem_of(error) == Problem(
        type="urn:reev:error:bad_seed",
        title="The request cannot be carried out as it stands",
        status=422,
        detail="the seed is negative",
        code="bad_seed",
        place="reev.toml:3:1",
        suggestions=("use 0",),
    )
