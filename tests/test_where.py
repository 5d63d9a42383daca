import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrcode.errors import StudyError
from hrcode.transcripts.attributes import number
from hrcode.transcripts.where import Condition, check_where, parse_where

READ = {
    None: [],
    "years>5": [("years", ">", "5")],
    " years >= 5.5 ": [("years", ">=", "5.5")],
    "years>5, service=day centre": [("years", ">", "5"), ("service", "=", "day centre")],
    'town="Paris, north"': [("town", "=", "Paris, north")],
    "gender!=woman,age<40": [("gender", "!=", "woman"), ("age", "<", "40")],
    "a=b,": [("a", "=", "b")],
    "a==b": [("a", "=", "b")],
    "home town=Ulm": [("home town", "=", "Ulm")],
}


@pytest.mark.parametrize(("text", "expected"), READ.items())
def test_where_is_read(text, expected):
    assert [Condition(*parts) for parts in expected] == [*parse_where(text)]


@pytest.mark.parametrize(
    "text", ["", "  ", ",", "years", "years>", "=5", "a=b,,c=d", 'a="b', "a=b=c", "a=>5"]
)
def test_where_that_cannot_be_read_says_how_to_write_it(text):
    with pytest.raises(StudyError, match="--where"):
        parse_where(text)


@given(st.text(alphabet='ab1 =!<>,"', max_size=12))
def test_where_any_text_is_read_or_refused(text):
    try:
        found = parse_where(text)
    except StudyError:
        return
    assert found
    assert all(condition.attribute and condition.value for condition in found)


HOLDS = [
    ("years", ">", "5", "6", True),
    ("years", ">", "5", "5", False),
    ("years", ">=", "5", "5.0", True),
    ("years", "<", "5", "-1", True),
    ("years", "<=", "5", "ten", False),
    ("years", "=", "5", "5.0", True),
    ("town", "=", "Ulm", "ulm", True),
    ("town", "!=", "Ulm", "Bonn", True),
    ("town", "!=", "Ulm", "ULM", False),
    ("town", "!=", "Ulm", "", False),
    ("years", ">", "5", "nan", False),
    ("years", ">", "5", "8,5", True),
    ("years", "=", "8.5", "8,5", True),
    ("years", ">", "5", "8,500", False),
]


@pytest.mark.parametrize(("name", "sign", "ours", "value", "expected"), HOLDS)
def test_where_holds(name, sign, ours, value, expected):
    assert expected == Condition(name, sign, ours).holds(value)


@pytest.mark.parametrize("text", ["1e5", "inf", "nan", "1_000", "٣", "", "0x1"])
def test_where_only_plain_numbers_are_numbers(text):
    assert number(text) is None


SLIPS = {
    "attribute": ("yeers>5", "Did you mean years"),
    "value": ("town=Uml", "Did you mean Ulm"),
    "no number": ("town>5", "no number"),
}


@pytest.mark.parametrize(("text", "words"), SLIPS.values(), ids=SLIPS)
def test_where_that_fits_nothing_is_a_slip(text, words):
    with pytest.raises(StudyError, match=words):
        check_where(parse_where(text), {"years": {"5", ""}, "town": {"Ulm", "Bonn"}})
