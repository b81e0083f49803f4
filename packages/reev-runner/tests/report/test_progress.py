import io

from rich.console import Console

from reev_runner.report import LiveProgress, PlainProgress


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
