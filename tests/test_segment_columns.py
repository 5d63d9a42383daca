"""Segments kept column by column behave as the list of them would."""

import pickle

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from hrcode.coding.model import Columns, Segment, Segments, in_columns, join
from hrcode.schema import SEGMENTS

WORD = st.sampled_from(["", "L1", "a"])
SEGMENT = st.builds(
    lambda number, *words: Segment(*words[:2], number, *words[2:6], number, number + 1, number, *words[6:]),
    st.integers(0, 3),
    *[WORD] * (len(Segment._fields) - 4),
)
MANY = st.lists(SEGMENT, max_size=6)


def test_columns_are_the_fields_of_a_segment():
    assert Columns._fields == Segment._fields == tuple(SEGMENTS)


@given(MANY)
def test_segments_in_columns_are_the_same_segments(rows):
    kept = in_columns(rows)
    assert isinstance(kept, Segments)
    assert (rows, len(rows), [*reversed(rows)]) == ([*kept], len(kept), [*reversed(kept)])
    assert (kept == rows, kept == tuple(rows), kept == [*rows, *rows]) == (True, True, not rows)
    assert all(kept[at] == one and kept[at - len(rows)] == one for at, one in enumerate(rows))


@given(MANY, st.slices(6))
def test_segments_in_columns_are_sliced_as_a_list_is(rows, where):
    assert rows[where] == [*in_columns(rows)[where]]


@given(st.lists(st.tuples(MANY, st.booleans()), max_size=4))
def test_segments_of_several_transcripts_follow_each_other(parts):
    joined = join([in_columns(rows) if columns else rows for rows, columns in parts])
    assert [one for rows, _ in parts for one in rows] == [*joined]
    assert len(joined) == sum(len(rows) for rows, _ in parts)


@given(MANY.filter(bool))
def test_segments_in_columns_make_the_table_that_a_list_of_them_makes(rows):
    pd.testing.assert_frame_equal(pd.DataFrame(rows), pd.DataFrame(in_columns(rows)))


@given(MANY)
def test_segments_in_columns_are_pickled(rows):
    assert rows == pickle.loads(pickle.dumps(in_columns(rows)))


@given(MANY)
def test_segments_in_columns_are_not_the_same_as_others(rows):
    other = [*rows, Segment("x", "t", 1, "", "", "", "sentence", 0, 1, 1, "x")]
    assert in_columns(rows) != other
    assert in_columns(rows) != "".join("x" for _ in rows) or not rows
