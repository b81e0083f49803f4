"""Prompts rendered from templates."""

from __future__ import annotations

import statistics
import time

from .row import Row


def _render_times_ms() -> list[float]:
    from reev_orchestrator import TemplateRenderer
    from reev_types.atomicity import AtomicMode
    from reev_types.contexts import FlowState, PromptContext, WalletContext

    context = PromptContext(
        wallet_context=WalletContext(owner="11111111111111111111111111111112", sol_balance=10**9),
        flow_state=FlowState(current_step_index=0, total_steps=1, atomic_mode=AtomicMode.STRICT),
        generated_at=0,
    )
    renderer = TemplateRenderer()
    times = []
    for _ in range(500):
        started = time.perf_counter()
        renderer.render_step("Send 0.1 SOL.", context)
        times.append((time.perf_counter() - started) * 1_000)
    return times


def first_render_ms() -> float:
    """Compile and render the step template for the first time, the jinja2 library being loaded."""
    return statistics.median(_render_times_ms()[0] for _ in range(5))


def cached_render_ms() -> float:
    """Render the compiled step template."""
    return statistics.median(_render_times_ms()[1:])


ROWS = (
    Row("template: first compile and render", "ms", 10, first_render_ms),
    Row("template: cached render", "ms", 0.2, cached_render_ms),
)
