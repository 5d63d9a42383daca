import math

import pytest

from builders import make_coded
from hrcode.analysis.differences import REST, differences
from hrcode.analysis.p_values import honest_sentence
from hrcode.errors import StudyError
from hrcode.schema import DIFFERENCES, P_VALUES

FRAME = ["food/cooks", "-food/wastes", "garden/digs"]


def study(*groups, frame=FRAME):
    """Make a study of groups of (who cooks, all), each person with one segment of 100 words."""
    people, segments, codings = {}, [], []
    for g, (n, total) in enumerate(groups):
        for i in range(total):
            people[f"{'ABCDEFGH'[g]}{i + 1}"] = "ABCDEFGH"[g]
            if i < n:
                codings.append((len(segments), "food/cooks"))
            segments.append((f"{'ABCDEFGH'[g]}{i + 1}", 100))
    return make_coded(people, segments, codings, frame)


def cooks(table):
    return table.query("subcategory == 'cooks'").to_dict("records")


def test_differences_columns():
    coded = study((3, 4), (0, 4))
    assert [*DIFFERENCES] == list(differences(coded).columns)
    assert [*DIFFERENCES, *P_VALUES] == list(differences(coded, p=True).columns)


def test_differences_of_two_groups_hand_worked():
    (row,) = cooks(differences(study((3, 4), (0, 4)), p=True))
    assert ("A", "B", 3, 4, 0, 4) == tuple(
        row[c] for c in ("group_a", "group_b", "participants_a", "total_a", "participants_b", "total_b")
    )
    assert (0.75, 0.0852, 0.9544) == (row["difference"], row["low"], row["high"])
    assert ("only in A", "yes") == (row["pattern"], row["robust"])
    # 3 subcategories: 0.142857 x 3; the smallest p of 4 and 4 is 2/70.
    assert (0.142857, 0.428571, 0.028571, 0.085714, 3, "exact") == (
        row["presence_p"],
        row["presence_p_holm"],
        row["presence_p_smallest"],
        row["holm_floor"],
        row["tests"],
        row["rate_p_how"],
    )


def test_differences_of_three_groups_are_against_the_rest():
    rows = cooks(differences(study((4, 4), (1, 4), (0, 3))))
    assert [("A", REST, 4, 4, 1, 7), ("B", REST, 1, 4, 4, 7), ("C", REST, 0, 3, 5, 8)] == [
        (r["group_a"], r["group_b"], r["participants_a"], r["total_a"], r["participants_b"], r["total_b"])
        for r in rows
    ]
    assert ["predominant in A", "shared", f"only in {REST}"] == [r["pattern"] for r in rows]


def test_differences_of_three_groups_in_pairs():
    rows = cooks(differences(study((4, 4), (1, 4), (0, 3)), against="pairs"))
    assert [("A", "B"), ("A", "C"), ("B", "C")] == [(r["group_a"], r["group_b"]) for r in rows]


def test_differences_a_group_too_small_for_a_label_among_several():
    rows = cooks(differences(study((2, 2), (1, 4), (0, 3))))
    assert [("groups too small", "")] == [(r["pattern"], r["robust"]) for r in rows][:1]


def test_differences_one_p_for_all_groups():
    rows = cooks(differences(study((4, 4), (1, 4), (0, 3)), p=True))
    assert 1 == len({r["presence_p"] for r in rows})


@pytest.mark.parametrize("groups", [[(1, 1), (0, 1)], [(2, 4)], [(0, 1)] * 8, [(4, 4), (0, 1)]])
@pytest.mark.parametrize("p", [False, True])
def test_differences_of_odd_groups_hold_no_nan(groups, p):
    table = differences(study(*groups), p=p)
    numbers = [v for row in table.to_dict("records") for v in row.values() if isinstance(v, float)]
    assert not any(math.isnan(v) for v in numbers)
    assert len(table) == (0 if len(groups) == 1 else len(table))


def test_differences_unknown_comparison():
    with pytest.raises(StudyError, match="pairs, rest"):
        differences(study((1, 2), (1, 2)), against="each")


SENTENCES = [
    ({"A": 4, "B": 4}, 2, ["With 4 and 4", "is 0.029", "no difference can reach 0.05", "0.057"]),
    ({"A": 4, "B": 4}, 1, ["With 4 and 4", "0.029 after Holm over the 1"]),
    ({"A": 6, "B": 6}, 23, ["0.0022", "0.05 after Holm"]),
    ({"A": 6, "B": 6}, 24, ["no difference can reach"]),
    ({"A": 3, "B": 3, "C": 4}, 9, ["3, 3 and 4"]),
    ({f"G{i}": 1 for i in range(8)}, 9, ["8 groups of participants", "no difference can reach"]),
    ({"A": 4}, 3, ["one group only"]),
    ({f"G{i}": i + 9 for i in range(8)}, 3, ["too many ways"]),
]


@pytest.mark.parametrize(("sizes", "tests", "words"), SENTENCES)
def test_honest_sentence(sizes, tests, words):
    text = honest_sentence(sizes, tests, "subcategories")
    assert [] == [word for word in words if word not in text]
