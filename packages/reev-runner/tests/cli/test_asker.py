"""A person at a terminal is asked, and nobody waits for one who does not answer."""

import asyncio
import os
import pty
import signal
import subprocess
import sys
import threading

import pytest

from reev_runner.cli._asker import TerminalAsker, terminal_asker
from reev_types.recovery import Answer, Question

QUESTION = Question(
    question_id="q",
    step_id="swap",
    text="Swap did not work:\nlater. What is to be done?",
    choices=("retry", "change_amount", "skip", "abort"),
    default="abort",
    timeout_ms=20_000,
)


@pytest.fixture
def terminal():
    """Yield what a person types with, and the asker at the other end."""
    person, program = pty.openpty()
    yield (lambda text: os.write(person, text.encode())), TerminalAsker(program)
    os.close(person)
    os.close(program)


@pytest.fixture
def answered(terminal, monkeypatch):
    """Type lines, each when it is asked for, and return the answer."""
    type_, asker = terminal

    async def answered(*lines):
        typed = iter(lines)

        def prompted(text, **options):
            if not options.get("nl", True):
                type_(next(typed))

        monkeypatch.setattr("reev_runner.cli._asker.typer.echo", prompted)
        return await asyncio.wait_for(asker.ask(QUESTION), 10)

    return answered


@pytest.mark.parametrize(
    ("lines", "answer"),
    [
        (["1\n"], Answer(choice="retry")),
        (["3\n"], Answer(choice="skip")),
        (["Retry\n"], Answer(choice="retry")),
        (["\n"], Answer(choice="abort")),
        (["change amount\n", "0.05\n"], Answer(choice="change_amount", amount="0.05")),
        (["2\n", "half\n"], Answer(choice="change_amount", amount="half")),
        (["5\n", "0\n", "what?\n", "4\n"], Answer(choice="abort")),
        (["\x04"], None),
        (["2\n", "\x04"], None),
    ],
)
async def test_a_choice_is_made_by_number_or_word(answered, lines, answer):
    assert await answered(*lines) == answer


async def test_the_question_shows_numbers_default_and_time(answered, monkeypatch, capsys):
    shown = []
    await answered("1\n")
    monkeypatch.setattr("reev_runner.cli._asker.typer.echo", lambda text, **options: shown.append(text))
    from reev_runner.cli._asker import _show

    _show(QUESTION)
    assert shown == [
        "\nSwap did not work: later. What is to be done?",
        "  1 try the same again",
        "  2 try it with another amount",
        "  3 leave this step out",
        "  4 end the flow here (default)",
        "without an answer in 20 s: end the flow here",
    ]


async def test_it_can_be_cancelled_and_asked_again(terminal, monkeypatch):
    type_, asker = terminal
    asked = asyncio.Event()
    monkeypatch.setattr("reev_runner.cli._asker.typer.echo", lambda text, **options: asked.set())
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asker.ask(QUESTION), 0.05)
    type_("3\n")  # too late to answer the first question, too early for the second
    await asyncio.sleep(0.1)
    asked.clear()
    again = asyncio.ensure_future(asker.ask(QUESTION))
    await asked.wait()
    type_("1\n")
    assert await asyncio.wait_for(again, 10) == Answer(choice="retry")


async def test_after_the_end_of_input_nobody_is_there(terminal, monkeypatch):
    type_, asker = terminal
    monkeypatch.setattr("reev_runner.cli._asker.typer.echo", lambda text, **options: None)
    asked = asyncio.ensure_future(asker.ask(QUESTION))
    await asyncio.sleep(0.05)
    type_("\x04")
    assert await asyncio.wait_for(asked, 10) is None
    assert await asyncio.wait_for(asker.ask(QUESTION), 10) is None


async def test_a_terminal_that_is_gone_answers_nothing(monkeypatch):
    person, program = pty.openpty()
    monkeypatch.setattr("reev_runner.cli._asker.typer.echo", lambda text, **options: None)
    os.close(person)
    assert await asyncio.wait_for(TerminalAsker(program).ask(QUESTION), 10) is None
    os.close(program)


async def test_every_event_loop_has_its_own_reader(terminal, monkeypatch):
    type_, asker = terminal
    shown = threading.Event()
    monkeypatch.setattr("reev_runner.cli._asker.typer.echo", lambda text, **options: shown.set())
    answers = []
    thread = threading.Thread(target=lambda: answers.append(asyncio.run(asker.ask(QUESTION))))
    thread.start()
    shown.wait(5)
    await asyncio.sleep(0.05)
    type_("1\n")
    thread.join(5)
    assert answers == [Answer(choice="retry")]


def test_in_a_pipe_nobody_is_asked(monkeypatch):
    assert terminal_asker() is None
    monkeypatch.setattr("sys.stdin", None)
    assert terminal_asker() is None


@pytest.fixture
def asked(workplace):
    """Start a run on a terminal of its own, and yield it with the terminal once its question stands there."""
    person, program = pty.openpty()

    def asked(timeout_ms):
        arguments = ["425", "--recovery", "--no-retry", "--enable-user-fulfillment"]
        code = f"from reev_runner.cli import runner; runner({[*arguments, '--question-timeout-ms', timeout_ms]!r})"
        child = subprocess.Popen(
            [sys.executable, "-c", code], stdin=program, stdout=subprocess.PIPE, stderr=program, text=True
        )
        os.close(program)
        return child, person, _until(person, "choice [abort]: ")

    yield asked
    os.close(person)


def test_on_a_terminal_the_person_decides(asked):
    child, person, seen = asked("15000")
    os.write(person, b"skip\n")
    told, _ = child.communicate(timeout=30)
    assert "1 try the same again" in seen
    assert "answered skip" in told
    assert "left out by user_fulfillment" in told


def test_on_a_terminal_the_default_holds_when_the_time_is_over(asked):
    child, _, seen = asked("200")
    told, _ = child.communicate(timeout=30)
    assert "without an answer in 0.2 s: end the flow here" in seen
    assert "nobody answered, so abort" in told


def test_an_interrupt_at_a_question_ends_the_run_at_once_and_says_how_to_go_on(asked):
    child, person, _ = asked("600000")
    child.send_signal(signal.SIGINT)
    assert "interrupted → reev run --resume " in _until(person, "--resume ")
    child.communicate(timeout=30)
    assert child.returncode == 130


def _until(descriptor, text):
    seen = ""
    while text not in seen:
        seen += os.read(descriptor, 4_096).decode("utf-8", "replace")
    return seen
