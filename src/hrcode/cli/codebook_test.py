"""``hrcode codebook test``: a codebook's examples as tests, and what its indicators do on transcripts."""

from __future__ import annotations

import json
from collections import defaultdict
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hrcode.cli.choices import choice, decimal
from hrcode.cli.guard import FINDINGS, guarded
from hrcode.cli.material import load_material
from hrcode.cli.options import ParticipantsOption
from hrcode.cli.plain import print_filled, say_filled
from hrcode.wording import counted, noun

if TYPE_CHECKING:
    from hrcode.checks.examples import ExampleReport
    from hrcode.checks.usage import IndicatorUse
    from hrcode.codebook.model import Codebook

EXAMPLE = "Example: hrcode codebook test harm_reduction --on transcripts/"


class TestFormat(StrEnum):
    """How the outcome is printed."""

    text = "text"
    json = "json"
    junit = "junit"


def register(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command("test", epilog=EXAMPLE)(guarded(_test))


def _test(
    codebooks: Annotated[
        list[str], typer.Argument(help="Codebook files, folders of them, or built-in names.")
    ],
    on: Annotated[
        list[str] | None,
        typer.Option(help="Transcripts on which to watch every indicator.", show_default=False),
    ] = None,
    participants: ParticipantsOption = None,
    max_share: Annotated[
        float,
        decimal(
            "--max-share", least=0, most=1, help="Share of sentences from which an indicator is called loud."
        ),
    ] = 0.1,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Name the indicators that no example exercises.")
    ] = False,
    format_: Annotated[
        TestFormat, choice(TestFormat, "--format", help="How it is printed.")
    ] = TestFormat.text,
) -> None:
    """Run a codebook's examples as tests. Exit 1 when one fails."""
    from hrcode.checks.examples import check_examples
    from hrcode.checks.usage import check_usage
    from hrcode.codebook.find import codebook_files
    from hrcode.codebook.load import load_all, load_codebook

    books = load_all((file for path in codebooks for file in codebook_files(path)), load_codebook)
    reports = [check_examples(book) for book in books]
    material = load_material(on, participants) if on else None
    uses = [check_usage(book, material) if material else None for book in books]
    if format_ is TestFormat.json:
        found = [_json(*outcome) for outcome in zip(books, reports, uses, strict=True)]
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
    elif format_ is TestFormat.junit:
        from hrcode.exchange.faults import examples_junit

        typer.echo(examples_junit(list(zip(books, reports, strict=True))), nl=False)
    else:
        for book, report, use in zip(books, reports, uses, strict=True):
            _print(book, report, coverage)
            if use is not None:
                _print_uses(use, max_share)
    if any(report.failed for report in reports):
        raise typer.Exit(FINDINGS)


def _print(book: Codebook, report: ExampleReport, coverage: bool) -> None:
    typer.echo(f"\n{book.id} {book.version} ({book.path})")
    for path, results in groupby(report.results, key=lambda result: result.subcategory.path):
        typer.echo(f"{path} {''.join('F' if result.problem else '.' for result in results)}")
    for result in report.failed:
        kind = "match" if result.example.match else "no_match"
        typer.echo(f"\nFAILED {book.path}:{result.example.line} {result.subcategory.path} ({kind})")
        print_filled(result.example.text, "  ")
        print_filled(result.problem, "  ")
    total = report.exercised + len(report.unexercised)
    if coverage and report.unexercised:
        typer.echo("\nNo example exercises:")
        for sub, indicator in report.unexercised:
            typer.echo(f"  {book.path}:{indicator.line} {sub.path}: {indicator.id}")
    share = f"{report.exercised / total:.0%}" if total else "none"
    typer.echo(f"\nIndicators exercised by an example: {report.exercised} of {total} ({share})")
    passed = len(report.results) - len(report.failed)
    typer.echo(f"{passed} passed, {len(report.failed)} failed")


def _print_uses(uses: list[IndicatorUse], max_share: float) -> None:
    silent = [use for use in uses if not use.sentences]
    firing = len(uses) - len(silent)
    fire = noun(firing, "fires", "fire")
    typer.echo(f"\nOn these transcripts {firing:,} of {counted(len(uses), 'indicator')} {fire}.")
    loud = sorted((use for use in uses if use.share > max_share), key=lambda use: -use.share)
    for use in loud:
        print_filled(
            f"{use.share:.0%} of the sentences: {use.subcategory.path}: {use.indicator.id}",
            "loud: fires in ",
            "  ",
        )
    for use in uses:
        if use.within:
            print_filled(f"{use.subcategory.path}: {use.indicator.id}", "superfluous here: ", "  ")
            print_filled(use.within, "  is covered by ", "    ")
    for use in uses:
        if use.words:
            caught = ", ".join(
                f"{word} {n}" for word, n in sorted(use.words.items(), key=lambda w: (-w[1], w[0]))[:12]
            )
            print_filled(f"{use.subcategory.path}: {use.indicator.id}", "wildcard: ", "  ")
            print_filled(caught, "  caught ")
    by_code: dict[str, int] = defaultdict(int)
    for use in silent:
        by_code[use.subcategory.path] += 1
    if by_code:
        say_filled(
            "Silent indicators by subcategory: " + ", ".join(f"{path} {n}" for path, n in by_code.items())
        )


def _json(book: Codebook, report: ExampleReport, uses: list[IndicatorUse] | None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "codebook": book.id,
        "version": book.version,
        "passed": len(report.results) - len(report.failed),
        "failed": [
            {
                "line": result.example.line,
                "subcategory": result.subcategory.path,
                "match": result.example.match,
                "text": result.example.text,
                "problem": result.problem,
            }
            for result in report.failed
        ],
        "unexercised": [
            {"line": indicator.line, "subcategory": sub.path, "indicator": indicator.id}
            for sub, indicator in report.unexercised
        ],
    }
    if uses is not None:
        found["indicators"] = [
            {
                "subcategory": use.subcategory.path,
                "indicator": use.indicator.id,
                "line": use.indicator.line,
                "sentences": use.sentences,
                "share": round(use.share, 5),
                "held_back": use.held_back,
                "within": use.within,
                "words": dict(use.words),
            }
            for use in uses
        ]
    return found
