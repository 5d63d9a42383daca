"""A plan of coding for a terminal."""

from __future__ import annotations

from rich.console import Console

from hrcode.cli.console import OutputConsole
from hrcode.cli.render_table import Column, paragraph, print_rows
from hrcode.coding.plan import Plan, Step

_MOST = 10


def render_plan(plan: Plan) -> None:
    """Print what coding with a codebook takes.

    Args:
        plan (Plan): What `hrcode.plan` gave.
    """
    console = OutputConsole()
    paragraph(console, f"{plan.codebook} {plan.version}, language {plan.language}. Nothing has been run.\n")
    columns = [
        Column("kind", "left", 10),
        Column("indicators", width=10),
        Column("anchors", width=7),
        Column("loads", "left", 20),
        Column("sentences", "left", 22),
    ]
    print_rows(console, columns, (_row(step) for step in plan.steps))
    if plan.pipeline:
        paragraph(console, f"\nTrained pipeline: {plan.pipeline} with {', '.join(plan.components)}.")
    else:
        paragraph(console, "\nNo trained pipeline is loaded.")
    if not plan.prefilter:
        paragraph(console, "Without the prefilter every indicator is looked for in every sentence.")
    for step in plan.steps:
        _forced(console, plan, step)


def _row(step: Step) -> list[object]:
    return [
        step.kind,
        f"{step.indicators:,}",
        f"{step.anchors:,}",
        ", ".join(step.loads) or "-",
        f"{step.sentences}, parsed" if step.parsed else step.sentences,
    ]


def _forced(console: Console, plan: Plan, step: Step) -> None:
    """Name the indicators because of which a kind looks at every sentence."""
    for indicator in step.everywhere[:_MOST]:
        lead = f"{plan.path}:{indicator.line}:{indicator.column}"
        paragraph(console, f"{lead}: {step.kind} {indicator.id!r} looks at every sentence")
    if len(step.everywhere) > _MOST:
        paragraph(console, f"... and {len(step.everywhere) - _MOST} more of the kind {step.kind}")
