"""The two programs: ``reev-runner`` runs benchmarks, ``reev`` does that and everything else."""

from __future__ import annotations

from ._commands import ReportingGroup
from ._errors import Program
from ._exec import EXEC_EXAMPLES, PLAN_EXAMPLES, execute, plan
from ._flow_options import FlowCommand
from ._lint import lint
from ._listings import agents, benchmarks, configuration, schema
from ._mcp import mcp
from ._options import VersionOption
from ._run import EXAMPLES, run
from ._show import show
from ._templates import templates

__all__ = ["group", "runner"]

_GROUP_EXAMPLES = """\b
Examples:
  reev run 001-sol-transfer        run a benchmark
  reev exec "swap 0.1 SOL to USDC" carry a sentence out on a mirror of a wallet
  reev show SESSION                see a run again
  reev lint my-benchmark.yml       check a file before anybody runs it
"""

# Plain help reads the same in a pipe and in a narrow terminal, and costs half of what rich's does.
runner = Program(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
group = Program(
    cls=ReportingGroup,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    epilog=_GROUP_EXAMPLES,
)


@group.callback()
def _group(version: VersionOption = False) -> None:
    """Run and check benchmarks for Solana agents, reproducibly and offline."""


runner.command(cls=FlowCommand, epilog=EXAMPLES.format(program="reev-runner"))(run)

group.command("run", cls=FlowCommand, epilog=EXAMPLES.format(program="reev run"))(run)
group.command("exec", cls=FlowCommand, epilog=EXEC_EXAMPLES)(execute)
group.command("plan", epilog=PLAN_EXAMPLES)(plan)
group.command("show")(show)
group.command("lint")(lint)
group.command("list")(benchmarks)
group.command("agents")(agents)
group.command("schema")(schema)
group.command("config")(configuration)
group.command("mcp")(mcp)
group.command("templates")(templates)
