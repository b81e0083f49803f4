import io

from rich.console import Console

from reev_runner.report import LiveProgress, PlainProgress
from reev_types.events import StepStarted
from reev_types.recovery import Answer, Question
from reev_types.recovery_events import QuestionAnswered, QuestionAsked, RecoveryDecided


def play(observer, trial, *outcomes):
    observer.started(len(outcomes))
    observer.trial_started(trial.result.benchmark_id)
    for event in trial.events:
        observer.event(trial.result.benchmark_id, event)
    for outcome in outcomes:
        observer.finished(outcome)


def test_plain_progress_is_one_line_for_each_outcome(passed, bad_file):
    stream = io.StringIO()
    play(PlainProgress(stream), passed, passed, bad_file)
    assert [line.split()[0] for line in stream.getvalue().splitlines()] == ["PASS", "BAD"]


def test_plain_progress_goes_on_when_nobody_reads_it(passed):
    tried = []

    class Closed(io.StringIO):
        def write(self, text):
            tried.append(text)
            raise BrokenPipeError

    PlainProgress(Closed()).finished(passed)
    assert tried


def test_live_progress_names_what_the_agent_is_doing_and_what_went_wrong(passed, failed):
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, width=100, color_system=None, legacy_windows=False)
    with LiveProgress(console) as live:
        play(live, passed, failed)
        live.trial_started("x\x1b[2J[bold]")
        live._progress.refresh()
    text = stream.getvalue()
    assert "1/1" in text
    assert "1 not passed · x[bold]" in text
    assert "\x1b[2J" not in text


def test_live_progress_shows_the_tool_in_use(passed):
    console = Console(file=io.StringIO(), force_terminal=True, width=100)
    live = LiveProgress(console)
    live.started(1)
    for event in passed.events[:4]:
        live.event("001", event)
    assert live._progress.tasks[0].description == "001 · step_1 · sol_transfer"


def test_live_progress_shows_what_recovery_does_and_leaves_the_terminal_to_who_is_asked():
    live = LiveProgress(Console(file=io.StringIO(), force_terminal=True, width=100))
    live.started(1)
    live.event("001", StepStarted(step_id="a", description="", critical=False, prompt="p", attempt=2))
    assert live._progress.tasks[0].description == "001 · a · attempt 2"
    live.event("001", RecoveryDecided(step_id="a", strategy="retry", decision="wait", wait_ms=1_000))
    assert live._progress.tasks[0].description == "001 · a · retry waits 1 s"
    question = Question(question_id="q", step_id="a", text="?", choices=("skip",), default="skip", timeout_ms=1)
    live.event("001", QuestionAsked(question=question))
    assert not live._progress.live.is_started
    live.event("001", QuestionAnswered(question_id="q", answer=Answer(choice="skip"), by="person"))
    assert live._progress.live.is_started
    live._progress.stop()
