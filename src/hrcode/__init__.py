"""hrcode codes qualitative interviews deductively, and shows the words behind every number.

The names below are the library; each command of the command line wraps one of them. They are
imported when they are first used, so that ``import hrcode`` costs nothing.
"""

from __future__ import annotations

from hrcode._version import __version__

# `typing` would take most of the time that passes before the command line can look after Ctrl-C
# (cli/interrupt.py); type checkers know this name whatever its home.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hrcode.analysis.claims.check import check_claims
    from hrcode.analysis.compare import compare
    from hrcode.analysis.cooccur import cooccur
    from hrcode.analysis.coverage import coverage
    from hrcode.analysis.differences import differences
    from hrcode.analysis.hide import hide_small
    from hrcode.analysis.keywords import keywords
    from hrcode.analysis.kwic import kwic
    from hrcode.analysis.matrix import matrix
    from hrcode.analysis.people_list import list_participants
    from hrcode.analysis.quotes import quotes
    from hrcode.analysis.sample import sample_table
    from hrcode.analysis.sensitivity import sensitivity
    from hrcode.analysis.uncoded import uncoded
    from hrcode.archive.coded.comparing import compare_archive
    from hrcode.archive.coded.differing import differences_archive
    from hrcode.archive.coded.excerpt import excerpt
    from hrcode.archive.coded.leaving_out import sensitivity_archive
    from hrcode.archive.job import make_job
    from hrcode.archive.work.run import code_archive
    from hrcode.checks.diff import diff_codebooks, diff_codings
    from hrcode.checks.examples import check_examples
    from hrcode.checks.explain import explain, explain_segment
    from hrcode.checks.usage import check_usage
    from hrcode.checks.validate import check_codebook
    from hrcode.codebook.json_schema import codebook_schema
    from hrcode.codebook.load import load_codebook, parse_codebook
    from hrcode.codebook.model import Category, Codebook, Subcategory
    from hrcode.codebook.revision import load_revision
    from hrcode.coding.code import code
    from hrcode.coding.model import Coded, Coding, NearMiss, Segment
    from hrcode.coding.plan import Plan, plan
    from hrcode.coding.study import Study, load_study
    from hrcode.errors import (
        CodebookError,
        Fault,
        HrcodeError,
        LanguageError,
        PrivacyError,
        ResultsError,
        RunError,
        StudyError,
        TranscriptError,
    )
    from hrcode.exchange.codebooks.convert import convert_codebook
    from hrcode.exchange.export.write import export_tables
    from hrcode.exchange.results import read_results, write_results
    from hrcode.figures.comparison import plot_comparison
    from hrcode.figures.cooccurrence import plot_cooccurrence
    from hrcode.figures.coverage import plot_coverage
    from hrcode.figures.heatmap import plot_heatmap
    from hrcode.figures.save import save_figure
    from hrcode.privacy.key import Key, read_key, write_key
    from hrcode.privacy.leaks import Leak, find_leaks, known_from_key
    from hrcode.privacy.pseudonymise import Pseudonymised
    from hrcode.privacy.restore import restore
    from hrcode.privacy.study import known_names, pseudonymise_study
    from hrcode.privacy.summary import Replaced
    from hrcode.report.write import write_report
    from hrcode.start.init import Started, init_study
    from hrcode.transcripts.check import Checked, check_transcripts
    from hrcode.transcripts.describe import describe
    from hrcode.transcripts.load import load_transcripts, survey_transcripts
    from hrcode.transcripts.model import Participant, Transcript, Transcripts, Turn

__all__ = [
    "Category",
    "Checked",
    "Codebook",
    "CodebookError",
    "Coded",
    "Coding",
    "Fault",
    "HrcodeError",
    "Key",
    "LanguageError",
    "Leak",
    "NearMiss",
    "Participant",
    "Plan",
    "PrivacyError",
    "Pseudonymised",
    "Replaced",
    "ResultsError",
    "RunError",
    "Segment",
    "Started",
    "Study",
    "StudyError",
    "Subcategory",
    "Transcript",
    "TranscriptError",
    "Transcripts",
    "Turn",
    "__version__",
    "check_claims",
    "check_codebook",
    "check_examples",
    "check_transcripts",
    "check_usage",
    "code",
    "code_archive",
    "codebook_schema",
    "compare",
    "compare_archive",
    "convert_codebook",
    "cooccur",
    "coverage",
    "describe",
    "diff_codebooks",
    "diff_codings",
    "differences",
    "differences_archive",
    "excerpt",
    "explain",
    "explain_segment",
    "export_tables",
    "find_leaks",
    "hide_small",
    "init_study",
    "keywords",
    "known_from_key",
    "known_names",
    "kwic",
    "list_participants",
    "load_codebook",
    "load_revision",
    "load_study",
    "load_transcripts",
    "make_job",
    "matrix",
    "parse_codebook",
    "plan",
    "plot_comparison",
    "plot_cooccurrence",
    "plot_coverage",
    "plot_heatmap",
    "pseudonymise_study",
    "quotes",
    "read_key",
    "read_results",
    "restore",
    "sample_table",
    "save_figure",
    "sensitivity",
    "sensitivity_archive",
    "survey_transcripts",
    "uncoded",
    "write_key",
    "write_report",
    "write_results",
]

_HOMES = {
    "hrcode.analysis.claims.check": ("check_claims",),
    "hrcode.analysis.compare": ("compare",),
    "hrcode.analysis.cooccur": ("cooccur",),
    "hrcode.analysis.coverage": ("coverage",),
    "hrcode.analysis.differences": ("differences",),
    "hrcode.analysis.hide": ("hide_small",),
    "hrcode.analysis.keywords": ("keywords",),
    "hrcode.analysis.kwic": ("kwic",),
    "hrcode.analysis.matrix": ("matrix",),
    "hrcode.analysis.people_list": ("list_participants",),
    "hrcode.analysis.quotes": ("quotes",),
    "hrcode.analysis.sample": ("sample_table",),
    "hrcode.analysis.sensitivity": ("sensitivity",),
    "hrcode.analysis.uncoded": ("uncoded",),
    "hrcode.archive.coded.differing": ("differences_archive",),
    "hrcode.archive.coded.excerpt": ("excerpt",),
    "hrcode.archive.job": ("make_job",),
    "hrcode.archive.coded.leaving_out": ("sensitivity_archive",),
    "hrcode.archive.coded.comparing": ("compare_archive",),
    "hrcode.archive.work.run": ("code_archive",),
    "hrcode.checks.diff": ("diff_codebooks", "diff_codings"),
    "hrcode.checks.examples": ("check_examples",),
    "hrcode.checks.explain": ("explain", "explain_segment"),
    "hrcode.checks.usage": ("check_usage",),
    "hrcode.checks.validate": ("check_codebook",),
    "hrcode.codebook.json_schema": ("codebook_schema",),
    "hrcode.codebook.load": ("load_codebook", "parse_codebook"),
    "hrcode.codebook.model": ("Category", "Codebook", "Subcategory"),
    "hrcode.codebook.revision": ("load_revision",),
    "hrcode.coding.code": ("code",),
    "hrcode.coding.model": ("Coded", "Coding", "NearMiss", "Segment"),
    "hrcode.coding.plan": ("Plan", "plan"),
    "hrcode.coding.study": ("Study", "load_study"),
    "hrcode.errors": ("CodebookError", "Fault", "HrcodeError", "LanguageError", "PrivacyError",
                      "ResultsError", "RunError", "StudyError", "TranscriptError"),
    "hrcode.exchange.codebooks.convert": ("convert_codebook",),
    "hrcode.exchange.export.write": ("export_tables",),
    "hrcode.exchange.results": ("read_results", "write_results"),
    "hrcode.figures.comparison": ("plot_comparison",),
    "hrcode.figures.cooccurrence": ("plot_cooccurrence",),
    "hrcode.figures.coverage": ("plot_coverage",),
    "hrcode.figures.heatmap": ("plot_heatmap",),
    "hrcode.figures.save": ("save_figure",),
    "hrcode.privacy.key": ("Key", "read_key", "write_key"),
    "hrcode.privacy.leaks": ("Leak", "find_leaks", "known_from_key"),
    "hrcode.privacy.pseudonymise": ("Pseudonymised",),
    "hrcode.privacy.restore": ("restore",),
    "hrcode.privacy.study": ("known_names", "pseudonymise_study"),
    "hrcode.privacy.summary": ("Replaced",),
    "hrcode.report.write": ("write_report",),
    "hrcode.start.init": ("Started", "init_study"),
    "hrcode.transcripts.check": ("Checked", "check_transcripts"),
    "hrcode.transcripts.describe": ("describe",),
    "hrcode.transcripts.load": ("load_transcripts", "survey_transcripts"),
    "hrcode.transcripts.model": ("Participant", "Transcript", "Transcripts", "Turn"),
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import a public name from its home when it is first asked for."""
    if name not in _HOME_OF:
        raise AttributeError(f"module 'hrcode' has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
