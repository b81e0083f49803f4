from __future__ import annotations

import pytest

from reev_api.security import Scope, new_token
from reev_api.security._tokens import is_secret_of, parts


class Clock:
    def now_iso(self):
        return "2026-11-22T12:00:00.000Z"


def test_a_token_opens_its_record_and_no_other():
    (one, token), (other, _) = (new_token("ci", Scope.READ, Clock()) for _ in range(2))
    token_id, secret = parts(token)
    assert token_id == one.token_id
    assert is_secret_of(one, secret)
    assert not is_secret_of(other, secret)


def test_a_record_does_not_have_the_secret():
    record, token = new_token("ci", Scope.READ, Clock())
    assert parts(token)[1] not in record.model_dump_json()


@pytest.mark.parametrize("text", ["", "reev", "reev_x_y", "reev_" + "0" * 16, "xreev_" + "0" * 16 + "_" + "0" * 64])
def test_other_texts_are_no_tokens(text):
    assert parts(text) is None


def test_scopes_include_each_other_upwards():
    covered = {held: [wanted.value for wanted in Scope if held.covers(wanted)] for held in Scope}
    assert covered == {
        Scope.READ: ["read"],
        Scope.EXECUTE: ["read", "execute"],
        Scope.ADMIN: ["read", "execute", "admin"],
    }
