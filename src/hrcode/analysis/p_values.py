"""p-values for those who ask for them: one test a code, over participants, with what they cannot show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hrcode.analysis.codes import Code, Level, by_code
from hrcode.analysis.compare import person_rates, presence
from hrcode.analysis.exact import (
    holm,
    kruskal_wallis_p,
    permutation_p,
    presence_p,
    smallest_presence_p,
)
from hrcode.analysis.voices import Voices

ALPHA = 0.05
Row = dict[str, object]


def p_values(heard: Voices, codes: Sequence[Code], level: Level) -> dict[Code, Row]:
    """Test each code of a level once, over all groups.

    Args:
        heard (Voices): The material.
        codes (Sequence[Code]): The codes of the level: the family that is corrected for.
        level (str): The level.

    Returns:
        dict[Code, dict]: The columns of `hrcode.schema.P_VALUES`; None where a test is impossible.
    """
    said = by_code(heard.said, level)
    totals = [*heard.sizes.values()]
    smallest = smallest_presence_p(totals) if len(totals) > 1 else None
    presences: list[float | None] = []
    rates: list[tuple[float | None, str]] = []
    for code in codes:
        counts = presence(said.get(code, []), heard)
        presences.append(presence_p([n for n, _ in counts.values()], totals) if len(totals) > 1 else None)
        rates.append(_rate_p([*person_rates(said.get(code, []), heard).values()]))
    corrected = zip(holm(presences), holm([p for p, _ in rates]), strict=True)
    return {
        code: {
            "presence_p": _rounded(p),
            "presence_p_smallest": _rounded(smallest),
            "presence_p_holm": _rounded(p_holm),
            "rate_p": _rounded(rate),
            "rate_p_how": how,
            "rate_p_holm": _rounded(rate_holm),
            "tests": len(codes),
            "holm_floor": None if smallest is None else _rounded(min(1.0, smallest * len(codes))),
        }
        for code, p, (rate, how), (p_holm, rate_holm) in zip(codes, presences, rates, corrected, strict=True)
    }


def _rate_p(groups: Sequence[Sequence[float]]) -> tuple[float | None, str]:
    if len(groups) < 2:
        return None, ""
    return permutation_p(*groups) if len(groups) == 2 else kruskal_wallis_p(groups)


def _rounded(p: float | None) -> float | None:
    return None if p is None else round(p, 6)


def honest_sentence(sizes: Mapping[str, int], tests: int, what: str) -> str:
    """Say what p-values of groups of these sizes can show.

    Args:
        sizes (Mapping[str, int]): Group to number of participants.
        tests (int): Number of codes compared.
        what (str): What they are, such as ``subcategories``.

    Returns:
        str: Two or three sentences.
    """
    if len(sizes) < 2:
        return "There is one group only; there is nothing to test."
    smallest = smallest_presence_p([*sizes.values()])
    end = "Labels follow fixed rules on participant counts; intervals are descriptive."
    if smallest is None:
        return f"There are too many ways to spread these participants; presence is not tested. {end}"
    numbers = [str(n) for n in sizes.values()]
    listed = (
        f"{', '.join(numbers[:-1])} and {numbers[-1]}" if len(numbers) <= 6 else f"{len(numbers)} groups of"
    )
    lead = f"With {listed} participants the smallest attainable two-sided p is {smallest:.2g}"
    floor = smallest * tests
    if floor > ALPHA:
        return (
            f"{lead}; after Holm over the {tests} {what} compared no difference can reach "
            f"{ALPHA:.2f} (the floor is {min(1.0, floor):.2g}), so p-values are not used to decide. {end}"
        )
    return (
        f"{lead}, and {floor:.2g} after Holm over the {tests} {what} compared. "
        f"A p-value is not used to decide. {end}"
    )
