"""What is asked for on the command line when a flow is to be run, and whether that goes together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NoReturn

from ._flow_options import MarketFlags, ModeFlags, ReaderFlags, WalletFlags
from ._recovery_options import RecoveryFlags, RecoverySettingFlags

if TYPE_CHECKING:
    from ._settings import Settings

__all__ = ["FlowRequest"]

_EXAMPLE = 'reev-runner --direct --prompt "swap 0.1 SOL to USDC" --wallet demo:balanced'
_NO_RECOVERY = RecoveryFlags()
_AS_CONFIGURED = RecoverySettingFlags()


@dataclass(frozen=True, slots=True)
class FlowRequest:
    """The options of dynamic flows as they were given."""

    modes: ModeFlags
    wallet: WalletFlags
    market: MarketFlags
    reader: ReaderFlags
    prompt: str | None = None
    recovery: RecoveryFlags = _NO_RECOVERY
    recovering: RecoverySettingFlags = _AS_CONFIGURED

    @property
    def given(self) -> tuple[str, ...]:
        """The flags that were given."""
        groups = (self.modes, self.wallet, self.market, self.reader, self.recovery)
        flags: dict[str, object] = {"--prompt": self.prompt}
        for group in groups:
            flags |= {f"--{name.replace('_', '-')}": value for name, value in group._asdict().items()}
        said = (flag for flag, value in flags.items() if value is not None and value is not False)
        return (*said, *self.recovering.flags)

    @property
    def is_flow(self) -> bool:
        """Whether a sentence is to be planned."""
        return self.modes.dynamic or self.modes.direct

    @property
    def mode(self) -> Literal["bridge", "direct"]:
        """How it is to be run."""
        return "bridge" if self.modes.dynamic else "direct"

    def check(self, selectors: Sequence[str] | None, tags: Sequence[str] | None, settings: Settings) -> None:
        """Raise UsageError for options that exclude each other, lack another, or are switched off."""
        if self.modes.dynamic and self.modes.direct:
            _refuse("dynamic_or_direct", "--dynamic and --direct exclude each other", _EXAMPLE)
        if self.is_flow:
            self._check_flow(selectors, tags, settings)
        elif self.prompt is not None and not selectors:
            _refuse("no_mode", "a sentence is run with --direct, --dynamic or --recovery", _EXAMPLE)
        elif self.prompt is not None and len(selectors or ()) > 1:
            _refuse("several_benchmarks", "a prompt takes one benchmark", 'reev-runner 001 --prompt "send 0.1 SOL"')
        else:
            self._check_static()
        self.recovery.check(self.recovering, settings)

    def _check_flow(self, selectors: Sequence[str] | None, tags: Sequence[str] | None, settings: Settings) -> None:
        if self.mode not in settings.dynamic_flows:
            on = ",".join((*settings.dynamic_flows, self.mode))
            told = f"the mode {self.mode} of dynamic flows is switched off"
            _refuse("mode_switched_off", told, f"REEV_DYNAMIC_FLOWS={on}, or dynamic_flows in reev.toml")
        if self.prompt is None:
            _refuse("missing_prompt", f"{self._flag} takes a sentence", _EXAMPLE)
        if selectors or tags:
            _refuse("prompt_or_benchmark", f"{self._flag} runs a sentence and no benchmark", _EXAMPLE)
        if self.modes.keep_yml and self.modes.direct:
            _refuse("no_file", "--direct writes no file to keep", _EXAMPLE.replace("--direct", "--dynamic --keep-yml"))

    @property
    def _flag(self) -> str:
        return "--dynamic" if self.modes.dynamic else "--direct"

    def _check_static(self) -> None:
        given = {
            "--wallet": self.wallet.wallet,
            "--context": self.wallet.context,
            "--rpc-url": self.wallet.rpc_url,
            "--market": self.market.market,
            "--max-slippage-bps": self.market.max_slippage_bps is not None,
            "--planner": self.reader.planner,
            "--planner-model": self.reader.planner_model,
            "--keep-yml": self.modes.keep_yml,
            "--dry-run": self.modes.dry_run,
        }
        for flag, value in given.items():
            if value:
                _refuse("no_flow", f"{flag} takes a sentence, with --direct or --dynamic", _EXAMPLE)


def _refuse(code: str, message: str, example: str) -> NoReturn:
    from reev_types.errors import UsageError

    raise UsageError(code, message, suggestions=(example,))
