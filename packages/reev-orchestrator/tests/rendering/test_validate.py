import pytest

from reev_orchestrator.rendering import validate
from reev_types.errors import UsageError

FRAME = '{#\npurpose = "x"\nrequires = ["step_template"]\nsteps = "swap"\n#}\n{% extends step_template %}\n'


@pytest.fixture
def found(written):
    """Return name, line and code of each finding in a folder of such files."""

    def found(files):
        folder = written(files)
        return [
            (finding.place.path.removeprefix(f"{folder}/"), finding.place.line, finding.code)
            for finding in validate(folder)
        ]

    return found


def test_the_bundled_templates_have_no_findings():
    assert validate() == ()


def test_a_folder_without_templates_is_refused(tmp_path):
    with pytest.raises(UsageError, match="no_templates"):
        validate(tmp_path)


@pytest.mark.parametrize(
    ("text", "number", "code"),
    [
        ("{{ walet }}", 4, "unknown_variable"),
        ("{% if false %}{{ 'x' | shout }}{% endif %}", 4, "unknown_filter"),
        ("{{ 'x' | shout }}", 4, "unknown_filter"),
        ("{% if false and 1 is lovely %}{% endif %}", 4, "unknown_test"),
        ("\n{% if %}", 5, "template_syntax"),
        ("{{ wallet.owner }}", 4, "unlisted_variable"),
        ('{#\npurpose = "x"\nrequires = ["wallet"]\n#}\n', 1, "unused_variable"),
        ("{#\n#}\nx", 1, "template_metadata"),
        ('\n{% include "nothing.j2" %}', 5, "template_missing"),
        ('{% from "nothing.j2" import x %}', 4, "template_missing"),
        ('{% extends "nothing.j2" %}', 4, "template_missing"),
        ('{% extends "base/action.j2" %}\n\n{% block instructions %}{% endblock %}', 6, "unused_block"),
        ('{% extends "base/action.j2" %}\nHello', 5, "text_outside_blocks"),
        ('{% extends "base/action.j2" %}\n{{ 1 }}', 5, "text_outside_blocks"),
        (FRAME + "{% block orders %}{% endblock %}", 7, "unused_block"),
        ('{#\npurpose = "x"\nsteps = "swap{5}"\n#}\n', 1, "unreachable_template"),
        ('{#\npurpose = "x"\nrequires = ["recipient"]\nsteps = "swap"\n#}\n\n{{ recipient }}', 7, "template_undefined"),
        ('{#\npurpose = "x"\nrequires = ["token"]\nsteps = "swap"\n#}\n\n{{ token.name }}', 7, "template_undefined"),
    ],
)
def test_what_is_wrong_is_found_with_its_line(found, text, number, code):
    assert found({"mine/x": text}) == [("mine/x.j2", number, code)]


def test_a_file_that_every_prompt_is_made_of_is_tried_too(found):
    text = '{#\npurpose = "x"\nrequires = ["wallet"]\n#}\n{{ wallet.ownr }}'
    assert found({"partials/wallet": text}) == [("partials/wallet.j2", 5, "template_undefined")]


def test_names_that_a_template_defines_itself_are_no_findings(found):
    macros = "{% macro shout(x) %}{{ x | upper }}!{% endmacro %}"
    text = (
        '{% extends "base/action.j2" %}\n{% from "mine/macros.j2" import shout, shout as cry %}\n'
        '{% import "mine/macros.j2" as macros %}\n{% set word = "x" %}\n{% set more %}y{% endset %}\n'
        "{% block instruction %}{{ shout(word) }}{{ cry(more) }}"
        "{{ macros.shout(word) }}{{ range(2) | list }}{% endblock %}"
    )
    assert found({"mine/macros": macros, "mine/x": text}) == []


def test_a_block_of_a_bundled_file_that_is_hidden_is_known(found):
    text = (
        '{#\npurpose = "x"\nrequires = ["request"]\n#}\n{% extends "reev/base/step.j2" %}\n'
        "{% block situation %}{{ request }}{% endblock %}"
    )
    assert found({"base/step": text}) == []


def test_templates_that_extend_each_other_are_found_out(found):
    files = {
        name: f'{{#\npurpose = "x"\nsteps = "swap"\n#}}\n{{% extends "mine/{other}.j2" %}}'
        for name, other in (("mine/a", "b"), ("mine/b", "a"))
    }
    assert {code for _, _, code in found(files)} == {"template_failed"}


def test_a_parent_that_only_the_run_decides_hides_nothing(found):
    text = '{#\npurpose = "x"\n#}\n{% extends "base/" ~ "action.j2" %}\n{% block instruction %}{% endblock %}'
    assert found({"mine/x": text}) == []


def test_a_parent_of_a_parent_that_only_the_run_decides_hides_nothing(found):
    files = {
        "mine/a": '{% extends "base/" ~ "action.j2" %}',
        "mine/b": '{% extends "mine/a.j2" %}\n{% block instruction %}{% endblock %}',
    }
    assert found(files) == []


def test_a_file_that_is_no_text_is_found(written):
    folder = written({"x": "x"})
    (folder / "y.j2").write_bytes(b"\xff\xfe")
    assert [(finding.place.line, finding.code) for finding in validate(folder)] == [(0, "not_text")]


def test_a_finding_reads_as_one_line(written):
    finding = validate(written({"x": "{{ walet }}"}))[0]
    assert str(finding) == f"{finding.place.path}:4:0: no variable is called walet [unknown_variable]"
