"""``hrcode plot``: figures for an article, from saved results."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hrcode.cli.choices import whole
from hrcode.cli.commands import Group
from hrcode.cli.guard import guarded, say
from hrcode.cli.options import ByOption, Count, CountOption, HideBelowOption, ResultsArgument, WhereOption
from hrcode.cli.plain import print_filled, say_filled

if TYPE_CHECKING:
    from hrcode.coding.model import Coded
    from hrcode.figures.page import Drawing

COMPARISON = "Example: hrcode plot comparison results --level category --out comparison.svg"
HEATMAP = "Example: hrcode plot heatmap results --by service --width double --out heatmap.pdf"
COVERAGE = "Example: hrcode plot coverage results --out coverage.png"
COOCCURRENCE = "Example: hrcode plot cooccurrence results --within turn --out cooccurrence.svg"

FigureOut = Annotated[str, typer.Option("--out", help="File to write: .svg, .pdf or .png.")]
LevelChoice = Annotated[str, typer.Option("--level", help="subcategory or category.")]
CategoryOption = Annotated[
    str | None, typer.Option("--category", help="Id of the only category to draw.", show_default="all")
]
UnobservedOption = Annotated[
    bool, typer.Option("--unobserved", help="Draw codes that nobody was coded with, too.")
]
WidthOption = Annotated[
    str | None,
    typer.Option("--width", help="single or double (columns of an article), or points.",
                 show_default="the narrowest that it fits into"),
]  # fmt: skip
FontOption = Annotated[
    str | None, typer.Option("--font", help="A font of this machine.", show_default="DejaVu Sans")
]

group = typer.Typer(
    cls=Group,
    help="Draw figures for an article: SVG, PDF or PNG. Needs the extra `plots`.",
    epilog=COMPARISON,
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add the commands to an app."""
    app.add_typer(group, name="plot")


def _comparison(
    out: FigureOut,
    results: ResultsArgument = "results",
    by: ByOption = None,
    where: WhereOption = None,
    count: CountOption = Count.participant,
    hide_below: HideBelowOption = 0,
    level: LevelChoice = "subcategory",
    category: CategoryOption = None,
    unobserved: UnobservedOption = False,
    width: WidthOption = None,
    font: FontOption = None,
) -> None:
    """Draw how many participants of each group were coded with what (n of N)."""
    coded = _read(results, out, where)
    from hrcode.figures.comparison import plot_comparison

    _write(
        plot_comparison(
            coded, by=by, where=where, count=count.value, hide_below=hide_below, level=level,
            category=category, unobserved=unobserved, width=width, font=font,
        ),
        out,
    )  # fmt: skip


def _heatmap(
    out: FigureOut,
    results: ResultsArgument = "results",
    by: ByOption = None,
    where: WhereOption = None,
    hide_below: HideBelowOption = 0,
    level: LevelChoice = "subcategory",
    category: CategoryOption = None,
    values: Annotated[str, typer.Option(help="segments, presence or rate.")] = "segments",
    unobserved: UnobservedOption = False,
    width: WidthOption = None,
    font: FontOption = None,
) -> None:
    """Draw who was coded with what: participants by codes."""
    coded = _read(results, out, where)
    from hrcode.figures.heatmap import plot_heatmap

    _write(
        plot_heatmap(
            coded, by=by, where=where, hide_below=hide_below, level=level, category=category,
            values=values,  # type: ignore[arg-type]
            unobserved=unobserved, width=width, font=font,
        ),
        out,
    )  # fmt: skip


def _coverage(
    out: FigureOut,
    results: ResultsArgument = "results",
    by: ByOption = None,
    where: WhereOption = None,
    width: WidthOption = None,
    font: FontOption = None,
) -> None:
    """Draw how many of the codebook's subcategories are observed after each interview."""
    coded = _read(results, out, where)
    from hrcode.figures.coverage import plot_coverage

    _write(plot_coverage(coded, by=by, where=where, width=width, font=font), out)


def _cooccurrence(
    out: FigureOut,
    results: ResultsArgument = "results",
    within: Annotated[str, typer.Option(help="segment, turn, near or participant.")] = "segment",
    near: Annotated[int, whole("--near", help="With near: segments of a speaker from one to the other.")] = 2,
    where: WhereOption = None,
    level: LevelChoice = "subcategory",
    category: CategoryOption = None,
    width: WidthOption = None,
    font: FontOption = None,
) -> None:
    """Draw which codes come together, and in how many people."""
    coded = _read(results, out, where)
    from hrcode.figures.cooccurrence import plot_cooccurrence

    _write(
        plot_cooccurrence(
            coded, within=within, near=near, where=where, level=level,  # type: ignore[arg-type]
            category=category, width=width, font=font,
        ),
        out,
    )  # fmt: skip


def _read(results: str, out: str, where: str | None) -> Coded:
    """Read results, once it is sure that the figure can be written."""
    from hrcode.exchange.results import read_results
    from hrcode.figures.save import check_ending

    check_ending(out)
    return read_results(results, where=where)


def _write(figure: Drawing, out: str) -> None:
    from hrcode.figures.save import save_figure

    path = save_figure(figure, Path(out))
    print_filled(figure.caption)
    for warning in figure.warnings:
        say_filled(f"warning: {warning}")
    width, height = (72 * inches for inches in figure.get_size_inches())
    say(f"Wrote {path} ({width:.0f} x {height:.0f} points; the caption is above)")


group.command("comparison", epilog=COMPARISON)(guarded(_comparison))
group.command("heatmap", epilog=HEATMAP)(guarded(_heatmap))
group.command("coverage", epilog=COVERAGE)(guarded(_coverage))
group.command("cooccurrence", epilog=COOCCURRENCE)(guarded(_cooccurrence))
