"""What people type, all the way through: planned, run in both modes, judged by what the plan promised."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

from reev_orchestrator import TemplateRenderer
from reev_runner.dynamic import choose_wallet, document_of, plan_flow
from reev_runner.dynamic._cases import bridged_case, direct_case
from reev_runner.execution import TrialRunner, choose_agent, embedded_sandbox
from reev_runner.files import BUILT_IN, benchmark_schema, find_benchmarks, load_case
from reev_runner.journal import fold
from reev_runner.system import SystemClock

CORPUS = Path(__file__).parent / "corpus"
SAMPLE = None if os.environ.get("REEV_SOAK") == "1" else 60
SWAP = "swap 0.1 SOL to USDC"


def executable() -> list[str]:
    """Return every sentence of the corpus that is labelled with a plan, or a sample that is the same every time."""
    files = ("hand.jsonl", "review.jsonl", "stranger.jsonl", "generated.jsonl")
    records = [json.loads(line) for name in files for line in (CORPUS / name).read_text().splitlines()]
    sentences = list(dict.fromkeys(record["text"] for record in records if "plan" in record))
    return sentences if SAMPLE is None else random.Random("reev").sample(sentences, SAMPLE)


async def test_executable_sentences_reach_what_they_mean_alike_in_both_modes(tmp_path, capsys):
    clock = SystemClock()
    wallet = choose_wallet(None, CORPUS / "wallet.json", None, prices_usd={}, clock=clock)
    renderer = TemplateRenderer()
    runner, agent = TrialRunner(embedded_sandbox, clock, renderer), choose_agent("deterministic")
    sentences, missed = executable(), []
    for sentence in sentences:
        document = document_of((await plan_flow(sentence, wallet, clock)).plan, renderer)
        direct = fold(await runner.run(direct_case(document), agent, 0))
        with bridged_case(document, tmp_path, "sample") as bridged:
            assert bridged.case == direct_case(document)
            bridge = fold(await runner.run(bridged.case, agent, 0))
        assert (bridge.run_hash, bridge.judgement) == (direct.run_hash, direct.judgement), sentence
        if direct.status != "passed":
            missed.append((sentence, direct.judgement.reasons))
    rate = 1 - len(missed) / len(sentences)
    files = [case for case in map(load_case, find_benchmarks([str(BUILT_IN)])) if case.recovery is None]
    static = [fold(await runner.run(case, agent, 0)).status == "passed" for case in files]
    with capsys.disabled():
        print(  # noqa: T201 - the rates are the result
            f"\nsentences: {rate:.1%} of {len(sentences)} reach what they mean; "
            f"files: {sum(static) / len(static):.1%} of {len(static)}"
        )
    assert rate >= 0.95, missed


def test_the_sentence_of_the_mission_is_a_valid_benchmark(reev_runner, tmp_path):

    done = reev_runner(
        "exec", "--dynamic", "--keep-yml", "use 50% sol to 1.5x usdc", command="reev", TMPDIR=str(tmp_path)
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = tmp_path.glob("dynamic-*.yml")
    jsonschema.validate(yaml.safe_load(path.read_text()), benchmark_schema())


@pytest.mark.parametrize("mode", ["--dynamic", "--direct"])
def test_a_tenth_of_a_sol_is_a_tenth_and_not_one(reev_runner, mode):
    done = reev_runner("exec", mode, SWAP, "--json", command="reev")
    (result,) = json.loads(done.stdout)["results"]
    sol = {row["mint"][:4]: row["spent_raw"] for row in result["judgement"]["outflows"]}["So11"]
    assert (done.returncode, sol) == (0, 100_005_000)


AUDIT = """
import os, sys
opened = set()
def note(event, arguments):
    if event == "open" and str(arguments[0]).endswith((".yml", ".yaml", ".yml.part")):
        mode, flags = arguments[1], arguments[2]
        if set(mode or "") & set("wax+") or flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            opened.add(arguments[0])
sys.addaudithook(note)
from reev_runner.cli import group
try:
    group(sys.argv[1:])
except SystemExit as end:
    print("STATUS", end.code)
print("OPENED", len(opened))
"""


@pytest.mark.parametrize(("mode", "opened"), [("--direct", 0), ("--dynamic", 1)])
def test_in_direct_mode_no_yaml_file_is_opened_for_writing(tmp_path, mode, opened):
    done = subprocess.run(
        [sys.executable, "-c", AUDIT, "exec", mode, SWAP],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    assert done.stdout.splitlines()[-2:] == ["STATUS 0", f"OPENED {opened}"], done.stdout + done.stderr


def test_equal_sentences_on_equal_wallets_are_equal_runs(reev_runner):
    documents = [json.loads(reev_runner("exec", SWAP, "--json", command="reev").stdout) for _ in range(2)]
    assert without_timing(documents[0]) == without_timing(documents[1])


def without_timing(value):
    match value:
        case dict():
            return {key: without_timing(item) for key, item in value.items() if key != "timing"}
        case list():
            return [without_timing(item) for item in value]
        case _:
            return value


SPANS = """
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from reev_runner import SuiteOptions, run_benchmarks_with_source
from reev_types.benchmarks import DynamicFlow
exporter, provider = InMemorySpanExporter(), TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(exporter))
trace.set_tracer_provider(provider)
wallet = "9aE476sH92Vz7DMPyq5WLPkrKWivxeuTKEFKd2sZZcde"
run_benchmarks_with_source(DynamicFlow(prompt="swap 0.1 SOL to USDC", wallet=wallet), SuiteOptions())
spans = {span.context.span_id: span for span in exporter.get_finished_spans()}
def way(span):
    above = spans.get(span.parent.span_id) if span.parent else None
    return (way(above) + " > " if above else "") + span.name.split(" ")[0]
for line in sorted({way(span) for span in spans.values()}):
    print(line)
"""


def test_the_spans_of_a_sentence_are_one_tree(tmp_path):
    done = subprocess.run([sys.executable, "-c", SPANS], cwd=tmp_path, capture_output=True, text=True, check=False)
    ways = done.stdout.splitlines()
    assert "flow > prompt > context" in ways, done.stdout + done.stderr
    assert "flow > prompt > plan" in ways
    assert any(way.startswith("flow > benchmark > step > ") and way.endswith("execute_tool") for way in ways), ways
    assert {way.split(" ")[0] for way in ways} == {"flow"}
