from reev_runner.report._summary import overview_table, print_closing
from reev_runner.suite import Trial


def closing(rendered, *outcomes):
    return rendered(lambda console: print_closing(console, outcomes)).splitlines()


def test_costs_are_left_out_where_there_is_no_room(passed):
    headers = [[column.header for column in overview_table([passed], width).columns] for width in (79, 80)]
    assert headers == [["", "benchmark", "score"], ["", "benchmark", "score", "steps", "tx", "fee", "CU", "time"]]


def test_the_next_command_shows_the_first_run_that_did_not_pass(passed, failed, rendered):
    assert closing(rendered, passed, failed)[-1] == f"next reev show {failed.result.timing['session_id']}"


def test_a_run_in_another_folder_is_named_by_its_folder(passed, rendered):
    result = passed.result.model_copy(update={"timing": {"session_id": "s1", "folder": "/tmp/my runs/s1"}})
    assert closing(rendered, Trial(result, passed.events))[-1] == "next reev show '/tmp/my runs/s1'"


def test_with_nothing_but_bad_files_the_next_command_checks_one(bad_file, rendered):
    assert closing(rendered, bad_file) == ["0 of 1 passed, 1 bad file · 0 ms", "next reev lint somewhere/broken.yml"]


def test_a_run_that_was_not_kept_has_no_next_command(passed, rendered):
    result = passed.result.model_copy(update={"timing": {}})
    assert closing(rendered, Trial(result, passed.events)) == ["1 of 1 passed · average score 1.00 · 0 ms"]


def test_a_long_command_is_not_wrapped(passed, rendered):
    timing = {"session_id": "s", "folder": "/" + "x" * 300}
    result = passed.result.model_copy(update={"timing": timing})
    assert closing(rendered, Trial(result, passed.events))[-1] == f"next reev show /{'x' * 300}"
