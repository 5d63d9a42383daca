import pytest

from builders import make_coded
from hrcode.analysis.matrix import matrix
from hrcode.errors import StudyError

PEOPLE = {"A2": "A", "A10": "A", "B1": "B", "B2": "B"}
SEGMENTS = [("A2", 10), ("A2", 10), ("A10", 5), ("B1 + A2", 20)]
FRAME = ["food/cooks", "-food/wastes", "garden/digs"]
CODINGS = [(0, "food/cooks"), (0, "food/cooks"), (1, "food/cooks"), (2, "food/wastes"), (3, "garden/digs")]

VALUES = {
    "segments": [(2, 0, 1), (0, 1, 0), (0, 0, 1), (0, 0, 0)],
    "presence": [(1, 0, 1), (0, 1, 0), (0, 0, 1), (0, 0, 0)],
    "rate": [(50.0, 0.0, 25.0), (0.0, 200.0, 0.0), (0.0, 0.0, 50.0), (0.0, 0.0, 0.0)],
}


@pytest.fixture
def coded():
    return make_coded(PEOPLE, SEGMENTS, CODINGS, FRAME)


@pytest.mark.parametrize(("values", "expected"), VALUES.items())
def test_matrix_hand_worked(coded, values, expected):
    table = matrix(coded, values=values)
    assert ["participant", "group", "segments", "words", "food/cooks", "food/wastes", "garden/digs"] == list(
        table.columns
    )
    assert expected == [tuple(row) for row in table.iloc[:, 4:].itertuples(index=False, name=None)]
    assert [("A2", "A", 3, 40), ("A10", "A", 1, 5), ("B1", "B", 1, 20), ("B2", "B", 0, 0)] == [
        tuple(row) for row in table.iloc[:, :4].itertuples(index=False, name=None)
    ]


def test_matrix_of_categories_keeps_stances_apart(coded):
    assert ["food (applies)", "food (departs)", "garden (applies)"] == list(
        matrix(coded, level="category").columns[4:]
    )


@pytest.mark.parametrize("options", [{"values": "counts"}, {"level": "total"}])
def test_matrix_wrong_option(coded, options):
    with pytest.raises(StudyError):
        matrix(coded, **options)
