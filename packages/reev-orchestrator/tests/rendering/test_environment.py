import os

import pytest

from reev_orchestrator import TemplateRenderer
from reev_types.errors import UsageError

WALLET = "11111111111111111111111111111112"


def test_a_file_of_a_folder_of_your_own_hides_the_bundled_one(written, context):
    folder = written({"base/step": "{{ request }} for {{ wallet.owner }}"})
    assert TemplateRenderer(folder).render_step("Pay", context()) == f"Pay for {WALLET}"


def test_a_file_that_hides_a_bundled_one_can_extend_it(written, context):
    folder = written({"base/step": '{% extends "reev/base/step.j2" %}{% block situation %}nothing{% endblock %}'})
    assert TemplateRenderer(folder).render_step("Pay", context()) == "Pay\n\nnothing"


@pytest.mark.parametrize(
    ("template", "code"),
    [
        ("\n{{ walet }}", "template_undefined"),
        ("\n{{ wallet.ownr }}", "template_undefined"),
        ("\n{{ request.__class__.__mro__ }}", "template_unsafe"),
        ("\n{{ wallet.__class__.__mro__ }}", "template_unsafe"),
        ("\n{% if %}", "template_syntax"),
        ("\n{{ request | shout }}", "template_syntax"),
        ("\n{{ 1 // 0 }}", "template_failed"),
        ("\n{{ range(10 ** 9) | list }}", "template_failed"),
        ('\n{% include "nothing.j2" %}', "template_missing"),
    ],
)
def test_a_wrong_template_is_an_error_with_file_and_line(written, context, template, code):
    folder = written({"base/step": template})
    with pytest.raises(UsageError) as caught:
        TemplateRenderer(folder).render_step("x", context())
    assert caught.value.code == code
    assert (caught.value.place.path, caught.value.place.line) == (str(folder / "base" / "step.j2"), 5)


def test_nothing_random_is_on_offer(written, context):
    for template in ("{{ lipsum() }}", "{{ [1, 2] | random }}"):
        with pytest.raises(UsageError):
            TemplateRenderer(written({"base/step": template})).render_step("x", context())


def rewrite(path, text, age):
    path.write_text(text)
    os.utime(path, (age, age))


def test_a_changed_file_counts_at_once_where_reloading_is_on(written, context):
    folder = written({"base/step": "old"})
    fixed, reloading = TemplateRenderer(folder), TemplateRenderer(folder, auto_reload=True)
    assert [fixed.render_step("x", context()), reloading.render_step("x", context())] == ["old", "old"]
    rewrite(folder / "base" / "step.j2", "new", 1)
    assert [fixed.render_step("x", context()), reloading.render_step("x", context())] == ["old", "new"]
    assert reloading.metrics.compilations == 2


def test_a_file_added_or_removed_counts_at_once_where_reloading_is_on(written, context):
    folder = written({"partials/other": "x"})
    renderer = TemplateRenderer(folder, auto_reload=True)
    bundled = renderer.render_step("x", context())
    own = written({"base/step": "mine"}) / "base" / "step.j2"
    assert renderer.render_step("x", context()) == "mine"
    own.unlink()
    assert renderer.render_step("x", context()) == bundled


def test_every_lookup_is_counted_and_only_first_ones_miss(context):
    ticks = iter(range(100))
    renderer = TemplateRenderer(monotonic=lambda: float(next(ticks)))
    assert renderer.metrics.hit_rate is None
    renderer.render_step("x", context())
    first = renderer.metrics
    assert (first.lookups, first.hits, first.compilations) == (2, 0, 2)  # base/step and partials/wallet
    assert (first.compile_ms_total, first.compile_ms_most) == (2_000, 1_000)
    renderer.render_step("x", context())
    assert (renderer.metrics.lookups, renderer.metrics.hits) == (4, 2)
    assert renderer.metrics.hit_rate == 0.5


def test_a_sweep_finds_nearly_every_template_compiled(planned, context):
    renderer = TemplateRenderer()
    plans = [planned("swap 0.1 SOL to USDC then lend it"), planned("lend 1 USDC"), planned("show my balances")]
    for _ in range(100):
        for plan in plans:
            for step in plan.steps:
                renderer.render_planned(plan, step, context(plan.context))
    assert renderer.metrics.hit_rate > 0.99
