from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reev_runner.report import junit_report, write_junit
from reev_runner.suite import BadFile, Trial
from reev_types.errors import BenchmarkError, StorageError


@pytest.fixture
def suite(passed, failed, errored, bad_file):
    root = ET.fromstring(junit_report([passed, failed, errored, bad_file]))
    return root.find("testsuite")


def test_failures_and_errors_are_counted_apart(suite):
    assert {name: suite.get(name) for name in ("tests", "failures", "errors")} == {
        "tests": "4",
        "failures": "1",
        "errors": "2",
    }


def test_a_failed_trial_is_a_failure_with_its_reasons(suite):
    failure = suite[1].find("failure")
    assert failure.get("type") == "did_nothing,refusal_missing"
    assert "reproduce: reev-runner 003-spl-transfer-fail" in failure.text


def test_a_failure_that_nothing_repeats_names_no_command(failed):
    trial = Trial(failed.result.model_copy(update={"timing": {"repeat": []}}), failed.events)
    assert not ET.fromstring(junit_report([trial])).find(".//failure").text


def test_a_failure_lists_the_assertions_that_are_not_met(failed):
    unmet = failed.result.judgement.assertions[0].model_copy(update={"met": False, "note": "too little"})
    judgement = failed.result.judgement.model_copy(update={"assertions": (unmet,)})
    trial = Trial(failed.result.model_copy(update={"judgement": judgement}), failed.events)
    text = ET.fromstring(junit_report([trial])).find(".//failure").text
    assert "USDC in USER_USDC_ATA: expected 10 USDC, actual 10 USDC (too little)" in text


def test_no_verdict_and_a_bad_file_are_errors(suite):
    assert suite[2].find("error").get("message") == "the VM stopped [vm_failed]"
    assert suite[3].find("error").get("type") == "negative_amount"


def test_times_are_in_seconds(suite):
    assert suite[0].get("time") == "0.003600"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_any_text_gives_a_document_that_can_be_read(passed, text):
    trial = Trial(passed.result.model_copy(update={"benchmark_id": f"<{text}>"}), passed.events)
    bad = BadFile(text, BenchmarkError("bad", text))
    root = ET.fromstring(junit_report([trial, bad]))
    assert len(root.findall(".//testcase")) == 2


def test_the_file_is_written_with_its_folders(tmp_path, passed):
    path = tmp_path / "deep" / "er" / "report.xml"
    write_junit(path, [passed])
    assert path.read_bytes() == junit_report([passed])


def test_a_file_that_cannot_be_written_is_a_storage_error(tmp_path, passed):
    with pytest.raises(StorageError, match="cannot write") as caught:
        write_junit(tmp_path, [passed])
    assert caught.value.code == "cannot_write"
