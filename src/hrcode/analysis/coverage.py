"""Codebook coverage: how many of the predefined subcategories are observed, and after how many interviews.

Not saturation: that nothing new comes up of a fixed list says nothing of what is not on it.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from itertools import product

import pandas as pd

from hrcode.analysis.accumulation import expected_curve, guest, reached_over_orders
from hrcode.analysis.by import run_setting
from hrcode.analysis.codes import Code, by_code
from hrcode.analysis.voices import Voices, voices
from hrcode.coding.model import Coded
from hrcode.errors import StudyError
from hrcode.schema import COVERAGE
from hrcode.transcripts.model import natural
from hrcode.wording import counted, noun

BASES, RUNS, THRESHOLDS = (4, 5, 6), (2, 3), (0.05, 0.0)
MOST = 1000
NOTE = (
    "Codebook coverage, not saturation: the list was fixed before, so that nothing new comes up says nothing "
    "of what is not on it, and how fully a code is understood (meaning saturation) cannot be computed."
)


def coverage(
    coded: Coded,
    *,
    base: int = 4,
    run: int = 2,
    threshold: float = 0.05,
    by: str | None = None,
    where: str | None = None,
) -> pd.DataFrame:
    """Say how the codebook's subcategories come up, interview by interview.

    Args:
        coded (Coded): What `code` or `read_results` gave.
        base (int): Interviews of the base (see `hrcode.analysis.accumulation.guest`).
        run (int): Interviews of a run.
        threshold (float): Ratio of new to base codes that counts as reached, 0 to 1.
        by (str | None): Attribute that makes the groups; by default the run's.
        where (str | None): Filter of participants.

    Returns:
        pandas.DataFrame: One row per transcript with the columns of `hrcode.schema.COVERAGE`.
        ``attrs`` holds ``observed``, ``codebook`` (numbers of subcategories), ``never`` (paths),
        ``guest`` (``notation``, ``base_codes``, ``why_not``, ``reached`` over other orders),
        ``variants``, ``note``, ``groups`` and ``warnings``.

    Raises:
        StudyError: When an option does not fit.
    """
    if not (1 <= base <= MOST and 1 <= run <= MOST and 0 <= threshold <= 1):
        raise StudyError("Base and run are numbers of interviews from 1 up, the threshold is from 0 to 1.")
    heard = voices(coded, by, where)
    held = _held(heard)
    frame = [Code(entry.category, entry.subcategory, entry.stance) for entry in coded.frame]
    new_in = _new(held, frame)
    rows = _rows(heard, held, new_in, len(frame))
    new = [len(codes) for codes in new_in.values()]
    _add_runs(rows, new, base, run, threshold)
    table = pd.DataFrame(rows, columns=[*COVERAGE])
    observed = set().union(*held.values())
    table.attrs = {
        "observed": len(observed),
        "codebook": len(frame),
        "never": [code.path for code in frame if code not in observed],
        "guest": _guest(held, frame, new, base, run, threshold),
        "variants": [
            {"base": b, "run": r, "threshold": t, "notation": _notation(new, b, r, t)}
            for b, r, t in product(BASES, RUNS, THRESHOLDS)
        ],
        "note": NOTE,
        "by": heard.by,
        "where": where or "",
        "unit": run_setting(coded, "unit"),
        "groups": heard.sizes,
        "warnings": [*heard.warnings],
    }
    return table


def _held(heard: Voices) -> dict[str, set[Code]]:
    """Give each transcript's subcategories, transcripts in natural order."""
    held: dict[str, set[Code]] = {
        name: set() for name in sorted({s.transcript for s, _, _ in heard.spoken}, key=natural)
    }
    for code, said in by_code(heard.said, "subcategory").items():
        for piece in said:
            held[piece.coding.transcript].add(code)
    return held


def _new(held: dict[str, set[Code]], frame: list[Code]) -> dict[str, list[Code]]:
    """Give each transcript's codes that no earlier one has, in the codebook's order."""
    seen: set[Code] = set()
    found = {}
    for name, codes in held.items():
        found[name] = [code for code in frame if code in codes - seen]
        seen |= codes
    return found


def _rows(
    heard: Voices, held: dict[str, set[Code]], new_in: dict[str, list[Code]], codebook: int
) -> list[dict[str, object]]:
    speakers: dict[str, dict[str, str]] = defaultdict(dict)
    for segment, person, group in heard.spoken:
        speakers[segment.transcript][person] = group
    where: dict[Code, set[int]] = defaultdict(set)
    for i, codes in enumerate(held.values()):
        for code in codes:
            where[code].add(i)
    curve = expected_curve([*where.values()], len(held))
    rows: list[dict[str, object]] = []
    cumulative = 0
    for position, (name, (mean, deviation)) in enumerate(zip(held, curve, strict=True), start=1):
        cumulative += len(new_in[name])
        rows.append(
            {
                "position": position,
                "transcript": name,
                "participants": ", ".join(sorted(speakers[name], key=natural)),
                "group": ", ".join(group for group in heard.members if group in speakers[name].values()),
                "codes": len(held[name]),
                "new": len(new_in[name]),
                "cumulative": cumulative,
                "share_of_codebook": round(cumulative / codebook, 3) if codebook else 0.0,
                "expected": round(mean, 2),
                "expected_sd": round(deviation, 2),
                "run_new": "",
                "run_ratio": "",
                "met": "",
                "new_codes": ", ".join(code.path for code in new_in[name]),
            }
        )
    return rows


def _add_runs(rows: list[dict[str, object]], new: list[int], base: int, run: int, threshold: float) -> None:
    reached, runs = guest(new, base, run, threshold)
    codes = sum(new[:base])
    for first, number in runs:
        met = "yes" if reached == first - 1 else "no"
        rows[first - 1].update(run_new=number, run_ratio=round(number / codes, 3), met=met)


def _notation(new: list[int], base: int, run: int, threshold: float) -> str:
    reached = guest(new, base, run, threshold)[0]
    return f"{reached}+{run}" if reached else ""


def _guest(
    held: dict[str, set[Code]], frame: list[Code], new: list[int], base: int, run: int, threshold: float
) -> dict[str, object]:
    numbers = {code: i for i, code in enumerate(frame)}
    masks = [[numbers[code] for code in codes] for codes in held.values()]
    found, orders, how = reached_over_orders(masks, base, run, threshold) if held else ([], 0, "all")
    codes = sum(new[:base])
    return {
        "base": base,
        "run": run,
        "threshold": threshold,
        "base_codes": codes,
        "notation": _notation(new, base, run, threshold),
        "why_not": _why_not(new, base, run, threshold),
        "is_none_new": bool(codes and threshold * codes < 1),
        "orders": orders,
        "orders_how": how,
        "orders_reached": len(found),
        "earliest": found[0] if found else 0,
        "median": int(statistics.median_low(found)) if found else 0,
        "latest": found[-1] if found else 0,
    }


def _why_not(new: list[int], base: int, run: int, threshold: float) -> str:
    if len(new) < base + run:
        return (
            f"it takes at least {base + run} interviews, and there {noun(len(new), 'is', 'are')} {len(new)}"
        )
    if not sum(new[:base]):
        return noun(base, "the first interview has", f"the first {base} interviews have") + " no code"
    return (
        ""
        if _notation(new, base, run, threshold)
        else f"every run of {counted(run, 'interview')} brings too much new"
    )
