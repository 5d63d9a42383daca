"""``hrcode code``: interviews and a codebook in, codings and comparison tables out."""

from __future__ import annotations

import json
import shlex
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from hrcode.cli.archive import check_archive_options, code_and_report
from hrcode.cli.cache import CacheOption, open_cache
from hrcode.cli.choices import choice, whole
from hrcode.cli.clock import Clock
from hrcode.cli.formats import Format, print_table
from hrcode.cli.guard import guarded, say
from hrcode.cli.options import CodebookOption, ParticipantsOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hrcode.analysis.compare import Comparison
    from hrcode.coding.model import Coded
    from hrcode.study import Settings

EXAMPLE = "Example: hrcode code transcripts/ --codebook harm_reduction --out results"


def register(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command("code", epilog=EXAMPLE)(guarded(_code))


def _code(
    transcripts: Annotated[
        list[str] | None, typer.Argument(help="Transcript files, or folders of them.", show_default=False)
    ] = None,
    codebook: CodebookOption = None,
    participants: ParticipantsOption = None,
    group_by: Annotated[
        str | None, typer.Option(help="Participant attribute that makes the groups.", show_default="group")
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option(help="Unit of analysis: sentence, turn or paragraph.", show_default="sentence"),
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="Language of the transcripts.", show_default="the codebook's")
    ] = None,
    out: Annotated[str | None, typer.Option(help="Folder for the results.", show_default="results")] = None,
    processes: Annotated[
        int | None,
        whole("--processes", help="Number of processes.", show_default="as many as the work is worth"),
    ] = None,
    cache: CacheOption = None,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Neither use nor fill the cache (see `hrcode cache`).")
    ] = False,
    no_prefilter: Annotated[
        bool, typer.Option("--no-prefilter", help="Look everywhere for everything: slow, the same codings.")
    ] = False,
    explain_plan: Annotated[
        bool, typer.Option("--explain-plan", help="Print what coding would take and why; code nothing.")
    ] = False,
    engine: Annotated[
        Literal["local", "dask"],
        choice(
            ("local", "dask"),
            "--engine",
            help="Where an archive is coded: on this machine, or on a Dask cluster.",
        ),
    ] = "local",
    scheduler: Annotated[
        str | None,
        typer.Option(help="Address of a Dask scheduler: tcp://...", show_default="workers on this machine"),
    ] = None,
    results_format: Annotated[
        Literal["csv", "parquet"] | None,
        choice(
            ("csv", "parquet"),
            "--results-format",
            what="format",
            help="Files of the results.",
            show_default="csv, for an archive parquet",
        ),
    ] = None,
    columns: Annotated[
        str | None, typer.Option(help="Columns of an archive's tables, such as id=call,text=words.")
    ] = None,
    format_: Annotated[
        Format | None,
        choice(
            Format,
            "--format",
            help="How the comparison is printed.",
            show_default="table, for an archive not at all",
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print times and versions.")] = False,
) -> None:
    """Code transcripts with a codebook and compare the groups."""
    from hrcode.analysis.compare import compare_rows
    from hrcode.coding.study import read_study
    from hrcode.exchange.results import write_results
    from hrcode.study import find_settings, transcript_paths

    printed = format_ or Format.table
    _check_printed(printed)
    settings = find_settings(transcripts or [], Path())
    if explain_plan:
        _explain(settings, codebook, language, printed, prefilter=not no_prefilter)
        return
    paths = transcript_paths(settings, transcripts or [])
    target = _target(Path(out or settings.out or "results"), paths)
    archive = engine == "dask" or results_format == "parquet" or any(map(_is_archive, paths))
    check_archive_options(
        archive,
        engine=engine,
        scheduler=scheduler,
        processes=processes,
        columns=columns,
        csv=results_format == "csv",
        cache="--no-cache" if no_cache else "--cache" if cache else "",
    )
    if archive:
        code_and_report(
            [str(path) for path in paths],
            target,
            settings,
            codebook=codebook,
            participants=participants,
            columns=columns,
            quiet=quiet,
            verbose=verbose,
            format_=format_,
            chosen={"group_by": group_by, "unit": unit, "language": language},
            prefilter=not no_prefilter,
            run={"engine": engine, "scheduler": scheduler, "processes": processes},
            progress=_progress(quiet),
        )
        return
    study = read_study(settings, paths, codebook=codebook, participants=participants)
    clock = Clock()
    with _progress(quiet) as show:

        def progress(done: int, total: int) -> None:
            clock.start()
            show(done, total)

        coded = study.code(
            group_by=group_by,
            unit=unit,  # type: ignore[arg-type]
            language=language,
            processes=processes,
            cache=None if no_cache else open_cache(cache),
            prefilter=not no_prefilter,
            progress=progress,
        )
    clock.stop()
    compared = compare_rows(coded)
    written = write_results(coded, target, compared)
    if quiet:
        return
    for warning in (*study.codebook.warnings, *coded.warnings):
        say(str(warning))
    say(f"Codebook: {study.codebook.id} {study.codebook.version} ({study.chosen})")
    if verbose:
        say(clock.report(coded))
    _print(coded, compared, printed)
    _say_what_next(coded, target, written)


def _check_printed(format_: Format) -> None:
    """Refuse a format that cannot be printed, for ``--out`` is the results' folder here."""
    if format_ is Format.table:
        return  # before what writes tables is loaded
    from hrcode.errors import StudyError
    from hrcode.exchange.tables import BINARY, ENDINGS

    if format_.value in BINARY:
        raise StudyError(
            f"{format_.value} cannot be printed. Code first, then run "
            f"`hrcode compare RESULTS --out comparison{ENDINGS[format_.value]}`."
        )


def _explain(
    settings: Settings, codebook: str | None, language: str | None, format_: Format, *, prefilter: bool
) -> None:
    """Print the plan of a run, which is not made."""
    from hrcode.codebook.find import choose_codebook
    from hrcode.codebook.load import load_codebook
    from hrcode.coding.plan import plan, plan_json

    chosen, _ = choose_codebook(codebook, settings.codebook, settings.folder)
    made = plan(load_codebook(chosen), language or settings.language or None, prefilter=prefilter)
    if format_ is Format.json:
        typer.echo(json.dumps(plan_json(made), ensure_ascii=False, indent=1))
        return
    from hrcode.cli.render_plan import render_plan

    render_plan(made)


def _is_archive(path: str | Path) -> bool:
    from hrcode.archive.material.sources import is_archive_path

    return is_archive_path(str(path))


def _target(target: Path, paths: Sequence[str | Path]) -> Path:
    """Give the results folder, once it is sure that nothing would be lost in it."""
    from hrcode.errors import StudyError
    from hrcode.exchange.results_folder import check_target

    check_target(target)
    if any(Path(path).is_dir() and target.resolve() == Path(path).resolve() for path in paths):
        raise StudyError(
            f"{target}: holds the transcripts; results need a folder of their own. Change --out."
        )
    return target


def _say_what_next(coded: Coded, target: Path, written: list[Path]) -> None:
    names = ", ".join(path.name for path in written)
    say(f"\nWrote {target}/: {names}")
    shown = "" if str(target) == "results" else f" {shlex.quote(str(target))}"
    heard = {coding.category for coding in coded.codings}
    first = next((entry.category for entry in coded.frame if entry.category in heard), "")
    look = f"quotes{shown} --category {first}" if first else f"uncoded{shown} --show segments"
    say(f"Next: hrcode {look}")
    say(f"      hrcode report{shown}")


def _print(coded: Coded, compared: Comparison, format_: Format) -> None:
    if format_ is Format.table:
        from hrcode.cli.render_compare import render_comparison

        render_comparison(coded, compared)
    else:
        from hrcode.analysis.compare import compare

        print_table(compare(coded), format_)


def _progress(quiet: bool) -> AbstractContextManager[Any]:
    """Give a function that shows progress on stderr, or does nothing where nobody looks."""
    if quiet:
        return nullcontext(lambda done, total: None)
    from hrcode.cli.progress import progress_bar

    return progress_bar("Coding")
