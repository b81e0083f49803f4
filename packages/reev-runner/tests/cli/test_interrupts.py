import os
import pty
import signal
import subprocess
import sys
import threading

import pytest

from reev_runner.cli._interrupts import with_way_on
from reev_runner.report import UnfinishedSessions
from reev_runner.suite import SilentObserver


@pytest.fixture
def sessions():
    going_on = UnfinishedSessions(SilentObserver(), "s-1")
    going_on.trial_started("001")
    return going_on


def test_an_interrupt_says_how_to_go_on(sessions):
    with pytest.raises(KeyboardInterrupt) as caught, with_way_on(sessions):
        raise KeyboardInterrupt
    assert caught.value.args == ("reev run --resume s-1",)


def test_the_handler_before_is_back_afterwards(sessions):
    before = signal.getsignal(signal.SIGTERM)
    with with_way_on(sessions):
        assert signal.getsignal(signal.SIGTERM) is not before
    assert signal.getsignal(signal.SIGTERM) is before


def test_beside_the_main_thread_signals_are_left_alone(sessions):
    seen = []

    def work():
        with with_way_on(sessions):
            seen.append(signal.getsignal(signal.SIGTERM))

    before = signal.getsignal(signal.SIGTERM)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [before]


def test_on_a_terminal_the_cursor_comes_back():
    code = (
        "import os, signal\n"
        "from reev_runner.cli._interrupts import with_way_on\n"
        "from reev_runner.report import UnfinishedSessions\n"
        "from reev_runner.suite import SilentObserver\n"
        "with with_way_on(UnfinishedSessions(SilentObserver())): os.kill(os.getpid(), signal.SIGTERM)\n"
    )
    person, program = pty.openpty()
    done = subprocess.run([sys.executable, "-c", code], stderr=program, check=False, timeout=60)
    os.close(program)
    assert (done.returncode, os.read(person, 100)) == (-signal.SIGTERM, b"\r\x1b[K\x1b[?25hterminated\r\n")
    os.close(person)
