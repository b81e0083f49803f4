from __future__ import annotations

import pytest

from reev_api.executions import WaitingRoom
from reev_api.workers import FlowOrder, Start


def _start(name):
    return Start(session_id=name, order=FlowOrder(prompt="swap", wallet="demo:balanced"))


class Begun(list):
    is_open = True

    def __call__(self, start):
        if self.is_open:
            self.append(start.session_id)
        return self.is_open


@pytest.fixture
def begun():
    return Begun()


def test_so_many_run_and_the_others_wait_for_their_turn(begun):
    room = WaitingRoom(2, 9, begun)
    for name in "abc":
        room.enter(_start(name))
    assert (begun, room.running, room.waiting) == (["a", "b"], 2, 1)
    room.done("a")
    assert (begun, room.running, room.waiting) == (["a", "b", "c"], 2, 0)


def test_places_are_counted_before_they_are_taken(begun):
    room = WaitingRoom(1, 1, begun)
    assert [room.reserve() for _ in range(3)] == [True, True, False]
    room.give_back()
    assert room.reserve()


def test_what_runs_and_waits_takes_places(begun):
    room = WaitingRoom(1, 1, begun)
    room.enter(_start("a"))
    room.enter(_start("b"))
    assert not room.reserve()
    room.done("a")
    assert room.reserve()


def test_what_waits_can_leave(begun):
    room = WaitingRoom(1, 9, begun)
    for name in "abc":
        room.enter(_start(name))
    assert [room.leave(name) for name in "abx"] == [False, True, False]
    room.done("a")
    assert begun == ["a", "c"]


def test_nobody_runs_while_nobody_can_take_it(begun):
    begun.is_open = False
    room = WaitingRoom(2, 9, begun)
    room.enter(_start("a"))
    assert (room.running, room.waiting) == (0, 1)
    begun.is_open = True
    room.fill()
    assert (begun, room.running) == (["a"], 1)
