"""``hrcode explain``: why a sentence was coded, or was not."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hrcode.cli.formats import TextOrJson
from hrcode.cli.guard import guarded, say
from hrcode.cli.options import CodebookOption, TextOrJsonOption
from hrcode.cli.plain import print_filled

if TYPE_CHECKING:
    from hrcode.checks.explain import Explanation
    from hrcode.coding.engine import Evidence

_SEGMENT_ID = re.compile(r"\S*:[0-9]+(\.[0-9]+)?")
EXAMPLE = 'Example: hrcode explain "Nobody can force him, it is his decision."'


def register(app: typer.Typer) -> None:
    """Add the command to an app."""
    app.command("explain", epilog=EXAMPLE)(guarded(_explain))


def _explain(
    text: Annotated[str, typer.Argument(help="A sentence, or the id of a segment in the results.")],
    codebook: CodebookOption = None,
    results: Annotated[
        str, typer.Option(help="Results folder in which a segment's id is looked up.")
    ] = "results",
    language: Annotated[
        str | None, typer.Option(help="Language of the sentence.", show_default="the codebook's")
    ] = None,
    words: Annotated[bool, typer.Option("--words", help="List each word with its dictionary forms.")] = False,
    format_: TextOrJsonOption = TextOrJson.text,
) -> None:
    """Say what fires in a sentence, what nearly fires, and why not."""
    from hrcode.checks.explain import explain, explain_segment
    from hrcode.codebook.find import choose_codebook
    from hrcode.codebook.load import load_codebook
    from hrcode.exchange.results import read_results
    from hrcode.study import find_settings

    settings = find_settings([], Path())
    chosen, _ = choose_codebook(codebook, settings.codebook, settings.folder)
    book = load_codebook(chosen)
    if _SEGMENT_ID.fullmatch(text) and (Path(results).is_dir() or results != "results"):
        coded = read_results(results)
        used = coded.run.get("codebook")
        if isinstance(used, dict) and used.get("sha256") != book.sha256:
            say(f"warning: the run used {used.get('id')} {used.get('version')}; {chosen} is another")
        found = explain_segment(book, coded, text)
    else:
        found = explain(book, text, language)
    if format_ is TextOrJson.json:
        typer.echo(json.dumps(_json(found), ensure_ascii=False, indent=1))
    else:
        _print(found, words)


def _print(found: Explanation, words: bool) -> None:
    print_filled(" ".join(found.text[slice(*found.within)].split()))
    for piece in found.fired:
        _print_piece(found, piece, "fired", piece.subcategory.path)
    for piece in found.covered:
        _print_piece(found, piece, "covered", f"{piece.subcategory.path}, by a longer match")
    for piece in found.held_back:
        cue = f" ({piece.cue})" if piece.cue else ""
        _print_piece(found, piece, "held back", f"{piece.subcategory.path}: {piece.reason}{cue}")
    for almost in found.almost:
        lack = f"lacks {almost.missing}" if almost.missing else "has its words, but not in order or so near"
        _print_head("almost", f"{almost.subcategory.path}: {lack}", almost.indicator.id)
    for alike in found.alike:
        _print_head("almost", f"{alike.subcategory.path}: {alike.lack}", alike.indicator.id)
        print_filled(f'{alike.vote.similarity:.3f} "{alike.vote.example}"', "  nearest   ")
    if not (found.fired or found.covered or found.held_back or found.almost or found.alike):
        typer.echo("\nNothing fired, and nothing came near.")
    if words:
        typer.echo("")
        for word, forms in found.words:
            print_filled(", ".join(forms), f"{word}: ")


def _print_piece(found: Explanation, piece: Evidence, answer: str, code: str) -> None:
    _print_head(answer, code, piece.indicator.id, " ".join(found.text[piece.start : piece.end].split()))
    if piece.context:
        print_filled(piece.context, "  context   ")


def _print_head(answer: str, code: str, indicator: str, words: str = "") -> None:
    typer.echo("")
    print_filled(code, f"{answer:11}")
    if words:
        print_filled(words, "  words     ")
    print_filled(indicator, "  indicator ")


def _json(found: Explanation) -> dict[str, Any]:
    def rows(pieces: tuple[Evidence, ...]) -> list[dict[str, Any]]:
        return [
            {
                "subcategory": piece.subcategory.path,
                "indicator": piece.indicator.id,
                "line": piece.indicator.line,
                "start": piece.start,
                "end": piece.end,
                "evidence": found.text[piece.start : piece.end],
                "reason": piece.reason,
                "cue": piece.cue,
                "context": piece.context,
            }
            for piece in pieces
        ]

    return {
        "text": found.text[slice(*found.within)],
        "turn": found.text,
        "fired": rows(found.fired),
        "covered": rows(found.covered),
        "held_back": rows(found.held_back),
        "almost": [
            {"subcategory": a.subcategory.path, "indicator": a.indicator.id, "missing": a.missing}
            for a in found.almost
        ],
        "alike": [
            {
                "subcategory": a.subcategory.path,
                "indicator": a.indicator.id,
                "lack": a.lack,
                "similarity": a.vote.similarity,
                "example": a.vote.example,
            }
            for a in found.alike
        ],
        "words": [{"word": word, "forms": list(forms)} for word, forms in found.words],
    }
