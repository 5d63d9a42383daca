"""``hrcode code`` for an archive: more than fits into memory, on this machine or on a cluster."""

from __future__ import annotations

import shlex
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from hrcode.cli.guard import FINDINGS, say
from hrcode.wording import counted

if TYPE_CHECKING:
    from hrcode.archive.work.run import Outcome, Progress
    from hrcode.cli.formats import Format
    from hrcode.study import Settings

_MOST_FAULTS = 20


def code_and_report(
    paths: Sequence[str],
    target: Path,
    settings: Settings,
    *,
    codebook: str | None,
    participants: str | None,
    columns: str | None,
    quiet: bool,
    verbose: bool,
    format_: Format | None,
    chosen: Mapping[str, str | None],
    prefilter: bool,
    run: Mapping[str, Any],
    progress: AbstractContextManager[Progress],
) -> None:
    """Code an archive, and say what was written and what was left out.

    Args:
        paths (Sequence[str]): Files, folders, patterns and URLs.
        target (Path): Folder of the results.
        settings (Settings): What the study settles.
        codebook (str | None): Codebook that was named.
        participants (str | None): Participants table that was named.
        columns (str | None): Names of a table's columns, such as ``id=call,text=words``.
        quiet (bool): Whether to print nothing but errors.
        verbose (bool): Whether to print times and versions.
        format_ (Format | None): How the comparison is printed; None for not at all.
        chosen (Mapping[str, str | None]): Group, unit and language that were named.
        prefilter (bool): Whether indicators are looked for only where they can match.
        run (Mapping[str, Any]): Options of `hrcode.code_archive`.
        progress (AbstractContextManager): Gives what is told of partitions that are done.

    Raises:
        typer.Exit: With 1 when something was left out.
    """
    from hrcode.archive.job import make_job
    from hrcode.archive.work.run import code_archive
    from hrcode.codebook.find import choose_codebook
    from hrcode.codebook.load import load_codebook

    named, why = choose_codebook(codebook, settings.codebook, settings.folder)
    book = load_codebook(named)
    job = make_job(
        book,
        unit=chosen["unit"] or settings.unit or "sentence",
        language=chosen["language"] or settings.language,
        group_by=chosen["group_by"] or settings.group_by or "group",
        participants=participants or settings.participants,
        conventions=settings.conventions,
        sampling=settings.sampling,
        columns=_columns(columns),
        prefilter=prefilter,
    )
    begun = time.perf_counter()
    with progress as show:
        outcome = code_archive(paths, job, target, progress=show, **run)
    seconds = time.perf_counter() - begun
    for fault in outcome.faults[:_MOST_FAULTS]:
        say(str(fault))
    if (more := outcome.left_out - _MOST_FAULTS) > 0:
        say(f"... and {more:,} more")
    if not quiet:
        for warning in (*book.warnings, *outcome.warnings):
            say(str(warning))
        say(f"Codebook: {book.id} {book.version} ({named}, {why})")
        if verbose:
            new = outcome.partitions - outcome.kept
            say(f"Coding: {seconds:.2f} s; {new:,} of {counted(outcome.partitions, 'partition')}")
            say(", ".join(f"{name} {version}" for name, version in job.installed.items()))
        if format_:
            _print(str(target), format_)
        _report(outcome)
    if outcome.left_out:
        raise typer.Exit(FINDINGS)


def check_archive_options(
    archive: bool,
    *,
    engine: str,
    scheduler: str | None,
    processes: int | None,
    columns: str | None,
    csv: bool,
    cache: str,
) -> None:
    """Refuse options that would be passed over in silence.

    Args:
        archive (bool): Whether an archive is coded.
        engine (str): Where.
        scheduler (str | None): Address of a scheduler.
        processes (int | None): Number of processes.
        columns (str | None): Names of a table's columns.
        csv (bool): Whether the results should be CSV.
        cache (str): Option about the cache that was used; empty for none.

    Raises:
        RunError: When an option does not fit.
    """
    from hrcode.errors import RunError

    if scheduler and engine != "dask":
        raise RunError("--scheduler is for --engine dask.")
    if scheduler and processes is not None:
        raise RunError("--processes is for workers on this machine; a scheduler has workers of its own.")
    if cache and archive:
        raise RunError(
            f"{cache} is for studies: an archive is coded without a cache. What it keeps are the partitions "
            "that are done; to code those again, too, name another folder with --out."
        )
    if csv and archive:
        raise RunError("The results of an archive are Parquet; leave --results-format out.")
    if columns and not archive:
        raise RunError("--columns is for archives; a study names its columns in study.yaml.")


def _print(results: str, format_: Format) -> None:
    """Print the comparison, as `hrcode compare` does."""
    from hrcode.analysis.compare import as_table
    from hrcode.cli.formats import emit
    from hrcode.cli.render_compare import render_comparison
    from hrcode.exchange.saved import compare_saved

    coded, comparison = compare_saved(results)
    emit(as_table(comparison), format_, None, lambda: render_comparison(coded, comparison))


def _report(outcome: Outcome) -> None:
    counts = outcome.counts
    say(", ".join(counted(counts[f"{what}s"], what) for what in ("transcript", "word", "segment", "coding")))
    kept = f" ({counted(outcome.kept, 'was', 'were')} there before)" if outcome.kept else ""
    left = (
        f"; {counted(outcome.left_out, 'row or file was', 'rows or files were')} left out"
        if outcome.left_out
        else ""
    )
    number = counted(outcome.partitions, "partition")
    say(f"Wrote {outcome.folder}/: {number} of Parquet{kept}{left}")
    shown = "" if str(outcome.folder) == "results" else f" {shlex.quote(str(outcome.folder))}"
    say(f"Next: hrcode compare{shown} --level category")


def _columns(text: str | None) -> dict[str, str]:
    """Read ``id=call,text=words``."""
    from hrcode.archive.material.columns import ROLES
    from hrcode.errors import StudyError

    pairs = [pair.partition("=") for pair in (text or "").split(",") if pair.strip()]
    if wrong := [role.strip() for role, sign, name in pairs if role.strip() not in ROLES or not name.strip()]:
        raise StudyError(
            f"--columns takes pairs such as id=call,text=words for {', '.join(ROLES)}; not {wrong[0]!r}."
        )
    return {role.strip(): name.strip() for role, _, name in pairs}
