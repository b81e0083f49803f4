import json

import pytest


def test_the_bundled_templates_have_nothing_to_remark(reev):
    done = reev("templates")
    assert (done.exit_code, done.output) == (0, "nothing to remark\n")


def test_a_wrong_template_is_named_with_its_line(reev, tmp_path):
    (tmp_path / "wrong.j2").write_text('{#\npurpose = "A mistake."\n#}\n{{ walet }}\n')
    done = reev("templates", str(tmp_path))
    assert done.exit_code == 1
    assert "wrong.j2:4" in done.output
    assert "walet" in done.output


def test_findings_are_told_as_json(reev, tmp_path):
    (tmp_path / "wrong.j2").write_text('{#\npurpose = "A mistake."\n#}\n{{ walet }}\n')
    (finding,) = json.loads(reev("templates", str(tmp_path), "--json").output)["findings"]
    assert finding["code"] == "unknown_variable"


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_a_folder_without_templates_is_refused(reev, name, tmp_path):
    assert reev("templates", str(tmp_path / name)).exit_code == 2
