import json

from reev_runner.report import json_report
from reev_runner.suite import BadFile, Trial
from reev_types.errors import BenchmarkError


def without_timing(value):
    match value:
        case dict():
            return {key: without_timing(item) for key, item in value.items() if key != "timing"}
        case list():
            return [without_timing(item) for item in value]
        case _:
            return value


def test_the_document_has_summary_results_and_timing(passed, failed, errored, bad_file):
    document = json.loads(json_report([passed, failed, errored, bad_file]))
    assert list(document) == ["summary", "results", "timing"]
    assert document["summary"] == {
        "total": 4,
        "passed": 1,
        "failed": 1,
        "errors": 1,
        "bad_files": 1,
        "average_score": 0.5,
        "model_usage": None,
        "exit_status": 3,
    }
    assert [result["status"] for result in document["results"]] == ["passed", "failed", "error", "bad_file"]


def test_a_result_says_all_that_the_trial_said(failed):
    (result,) = json.loads(json_report([failed]))["results"]
    assert result == failed.result.to_json()


def test_equal_runs_differ_under_timing_only(passed):
    timing = {"session_id": "other", "folder": "/elsewhere/other", "started_at": "2027", "duration_ms": 99}
    other = Trial(passed.result.model_copy(update={"timing": timing}), passed.events)
    first, second = (json.loads(json_report([trial])) for trial in (passed, other))
    assert first != second
    assert without_timing(first) == without_timing(second)


def test_a_bad_file_in_another_folder_differs_under_timing_only():
    def report(folder):
        path = f"{folder}/broken.yml"
        error = BenchmarkError("unreadable", f"{path} cannot be read", suggestions=(f"see {path}",))
        return json.loads(json_report([BadFile(path, error)]))

    first, second = report("/a"), report("/b")
    assert first["results"][0]["timing"] == {"path": "/a/broken.yml"}
    assert without_timing(first) == without_timing(second)


def test_a_bad_file_has_its_place_and_advice(bad_file):
    (result,) = json.loads(json_report([bad_file]))["results"]
    assert (result["file"], result["error"]["line"], result["error"]["column"]) == ("broken.yml", 7, 15)
    assert result["error"]["suggestions"] == ["write 1000000000 for 1 SOL"]


def test_the_document_is_ascii_whatever_it_holds(passed):
    result = passed.result.model_copy(update={"description": "\x1b[31m送金\u202e"})
    text = json_report([Trial(result, passed.events)])
    assert text.isascii()
    assert "\x1b" not in text
    assert json.loads(text)["results"][0]["description"] == "\x1b[31m送金\u202e"


def test_a_number_that_json_does_not_have_becomes_null(passed):
    timing = {"duration_ms": float("nan"), "waits_ms": [float("inf"), 1.5]}
    trial = Trial(passed.result.model_copy(update={"timing": timing}), passed.events)
    document = json.loads(json_report([trial]))
    assert document["results"][0]["timing"] == {"duration_ms": None, "waits_ms": [None, 1.5]}
    assert document["timing"] == {"duration_ms": 0}
