"""The words that all reev packages share: frozen models, Protocols and errors, without I/O.

The names here are those met most often; every subject has its own public module (``reev_types.amounts``,
``reev_types.chain``, ``reev_types.events`` …) with the rest.
"""

from .agents import Agent, AgentRequest, StepOutcome
from .amounts import Amount, Lamports, RawAmount, format_ui, to_raw, to_ui
from .atomicity import AtomicMode
from .benchmarks import BenchmarkSource, TestCase
from .chain import Chain, Instruction, SandboxChain, TransactionOutcome
from .contexts import FlowState, PromptContext, TokenBalance, WalletContext
from .errors import ReevError
from .events import Event
from .executions import ExecutionState, ExecutionStatus
from .intents import Intent
from .plans import DynamicFlowPlan, DynamicStep, RecoveryStrategy
from .recovery import RecoveryConfig
from .results import FlowMetrics, FlowResult, Judgement, RecoveryMetrics, StepResult, TrialResult
from .tools import ToolCall, ToolResult, ToolSet

__all__ = [
    "Agent",
    "AgentRequest",
    "Amount",
    "AtomicMode",
    "BenchmarkSource",
    "Chain",
    "DynamicFlowPlan",
    "DynamicStep",
    "Event",
    "ExecutionState",
    "ExecutionStatus",
    "FlowMetrics",
    "FlowResult",
    "FlowState",
    "Instruction",
    "Intent",
    "Judgement",
    "Lamports",
    "PromptContext",
    "RawAmount",
    "RecoveryConfig",
    "RecoveryMetrics",
    "RecoveryStrategy",
    "ReevError",
    "SandboxChain",
    "StepOutcome",
    "StepResult",
    "TestCase",
    "TokenBalance",
    "ToolCall",
    "ToolResult",
    "ToolSet",
    "TransactionOutcome",
    "TrialResult",
    "WalletContext",
    "format_ui",
    "to_raw",
    "to_ui",
]
