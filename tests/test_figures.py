"""Figures say what the tables say, whatever the study; they are read from the texts and marks drawn."""

import re
import subprocess
import sys
import warnings
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib.colors import to_rgb

import hrcode
from builders import make_coded
from hrcode.errors import StudyError
from hrcode.figures.grid import cell_mark
from hrcode.figures.marks import GROUP_MARKS

FRAME = ["food/cooks", "food/shares", "-food/wastes", "~garden/digs", "garden/rests"]
CODED = [(0, "food/cooks"), (1, "food/cooks"), (1, "food/shares"), (4, "food/cooks"), (5, "food/wastes"),
         (2, "food/wastes"), (2, "garden/digs")]  # fmt: skip
PLOTS = {
    "comparison": hrcode.plot_comparison,
    "heatmap": hrcode.plot_heatmap,
    "coverage": hrcode.plot_coverage,
    "cooccurrence": lambda coded, **more: hrcode.plot_cooccurrence(coded, within="participant", **more),
}


def study(groups, size, codings=CODED, frame=FRAME, name="G{}".format):
    who = {f"P{g}.{i}": name(g) for g in range(groups) for i in range(size)}
    codings = [(i, path) for i, path in codings if i < len(who)]
    return make_coded(who, [(person, 30) for person in who], codings, frame)


TWO = study(2, 4)


def texts(figure):
    return [text.get_text() for text in figure.axes[0].texts]


def marks(figure):
    """Give (x, y, shape, is filled) of every single mark."""
    return [
        (line.get_xdata()[0], line.get_ydata()[0], line.get_marker(), line.get_fillstyle() == "full")
        for line in figure.axes[0].lines
        if len(line.get_xdata()) == 1
    ]


def rows_of(figure):
    """Give the texts of each row, from left to right, by its height on the page."""
    rows = {}
    for text in figure.axes[0].texts:
        x, y = text.get_position()
        rows.setdefault(round(y, 3), []).append((x, text.get_text()))
    return [[text for _, text in sorted(row)] for _, row in sorted(rows.items())]


@pytest.mark.parametrize("groups", [1, 2, 3, 6])
@pytest.mark.parametrize("level", ["subcategory", "category"])
def test_comparison_prints_the_counts_of_compare(groups, level):
    coded = study(groups, 4)
    table = hrcode.compare(coded, level=level)
    counted = {}
    for row in table.itertuples():
        key = (row.category, row.subcategory, row.stance)
        counted.setdefault(key, []).append(f"{row.participants}/{row.participants_total}")

    figure = hrcode.plot_comparison(coded, level=level, unobserved=True)

    printed = [row[2:] for row in rows_of(figure) if re.fullmatch(r"\d+/\d+", row[-1])]
    assert [*counted.values()] == printed


def test_comparison_places_marks_by_the_share_of_participants():
    figure = hrcode.plot_comparison(TWO, level="category", category="food")
    shapes = {shape for _, shape in GROUP_MARKS[:2]}
    found = [mark for mark in marks(figure) if mark[2] in shapes]
    by_row = [row for row in rows_of(figure) if row[-1].endswith("/4")]
    assert [["+", "Food", "2/4", "1/4"], ["−", "Food", "1/4", "1/4"]] == by_row

    ticks = {
        text.get_text(): text.get_position()[0] for text in figure.axes[0].texts if "%" in text.get_text()
    }
    quarter = ticks["0%"] + (ticks["100%"] - ticks["0%"]) / 4
    in_panel = [mark for mark in found if ticks["0%"] - 1 <= mark[0] <= ticks["100%"] + 1][-4:]
    assert [
        (ticks["50%"], "o", True),
        (quarter, "s", True),
        (quarter, "o", False),
        (quarter, "s", False),
    ] == [(pytest.approx(x), shape, filled) for x, _, shape, filled in in_panel]


def test_comparison_says_what_is_not_drawn():
    assert "Not observed, and not drawn: 1 of 5 subcategories." in texts(hrcode.plot_comparison(TWO))
    drawn = texts(hrcode.plot_comparison(TWO, unobserved=True))
    assert ("Rests" in drawn, any("Not observed" in text for text in drawn)) == (True, False)


def test_heatmap_prints_the_matrix_and_nothing_for_zero():
    table = hrcode.matrix(TWO)
    wanted = [[str(v) for v in table[f"food/{sub}"] if v] for sub in ("cooks", "shares", "wastes")]
    printed = {row[1]: row[2:] for row in rows_of(hrcode.plot_heatmap(TWO)) if row[0] in "+−~"}
    assert wanted == [printed["Cooks"], printed["Shares"], printed["Wastes"]]


def test_heatmap_tells_stances_by_shape():
    shapes = {mark[2] for mark in marks(hrcode.plot_heatmap(TWO))}
    assert {"s", "o", "D"} == shapes


def test_coverage_prints_the_cumulative_numbers_and_no_saturation():
    coded = hrcode.plot_coverage(TWO)
    table = hrcode.coverage(TWO)
    drawn = texts(coded)
    assert {str(number) for number in table["cumulative"]} <= {*drawn}
    assert any("4 of the codebook's 5 subcategories" in text for text in drawn)
    assert "codebook: 5" in drawn


def test_cooccurrence_prints_the_people_who_say_both():
    table = hrcode.cooccur(TWO, within="participant")
    figure = hrcode.plot_cooccurrence(TWO, within="participant")
    numbers = [row[3:] for row in rows_of(figure) if row[0] in "+−~" and len(row) > 4]
    cells = [cell for row in numbers for cell in row[:-1]]
    assert len(table) == len(cells)
    assert sorted(map(str, table["participants_both"])) == sorted(cells)


@pytest.mark.parametrize("plot", PLOTS)
@pytest.mark.parametrize("groups", [1, 2, 7, 40])
def test_every_group_is_in_every_figure_that_has_groups(plot, groups):
    figure = PLOTS[plot](study(groups, 2))
    if plot in ("comparison", "heatmap"):
        drawn = " ".join(texts(figure))
        assert [] == [g for g in range(groups) if not re.search(rf"\bG{g}\b", drawn)]


@pytest.mark.parametrize("plot", PLOTS)
def test_sixty_subcategories_in_forty_groups(plot):
    frame = [f"c{i // 10}/s{i}" for i in range(60)]
    codings = [(i, f"c{k // 10}/s{k}") for i in range(80) for k in ((7 * i) % 60, (11 * i + 3) % 60)]
    figure = PLOTS[plot](study(40, 2, codings, frame))
    if plot != "coverage":
        assert {f"S{i}" for i in range(60)} <= {*texts(figure)}
        assert any("points; a page has about" in warning for warning in figure.warnings)


ODD_NAMES = ["$x^2$ & <b>", r"\frac{1}{2}$", "שלום", "عاملون", "w" * 400, "two\nlines\x07", "社会"]


@pytest.mark.parametrize("plot", PLOTS)
def test_names_are_drawn_as_they_are_written(plot, tmp_path):
    frame = ["food/cooks", "food/shares"]
    coded = study(7, 1, [(i, path) for i in range(7) for path in frame], frame, name=ODD_NAMES.__getitem__)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = PLOTS[plot](coded)
        hrcode.save_figure(figure, tmp_path / "f.svg")
    ElementTree.parse(tmp_path / "f.svg")
    assert not any(text.get_parse_math() for text in figure.axes[0].texts)
    if plot in ("comparison", "heatmap"):
        drawn = " ".join(texts(figure))
        assert [] == [name for name in ODD_NAMES[:4] if name not in drawn]
        assert any("lacks 会 社" in warning for warning in figure.warnings)


@pytest.mark.filterwarnings("ignore:Glyph")
def test_no_word_leaves_the_page():
    frame = ["food/cooks"]
    coded = study(7, 1, [(i, "food/cooks") for i in range(7)], frame, name=ODD_NAMES.__getitem__)
    figures = [PLOTS[plot](coded) for plot in ("comparison", "heatmap", "coverage")]
    figures += [hrcode.plot_heatmap(TWO, values="rate", width=width) for width in ("single", "double")]
    figures += [PLOTS[plot](TWO, width="single") for plot in PLOTS]
    for figure in figures:
        page = figure.bbox
        for text in figure.axes[0].texts:
            box = text.get_window_extent()
            assert page.x0 - 1 <= box.x0, text
            assert box.x1 <= page.x1 + 1, text
            assert page.y0 - 1 <= box.y0, text
            assert box.y1 <= page.y1 + 1, text


@pytest.mark.parametrize("plot", PLOTS)
@pytest.mark.parametrize("ending", ["svg", "pdf", "png"])
def test_the_same_study_gives_the_same_bytes(plot, ending, tmp_path):
    files = [hrcode.save_figure(PLOTS[plot](TWO), tmp_path / f"{name}.{ending}") for name in "ab"]
    first, second = (file.read_bytes() for file in files)
    assert first == second
    assert not re.search(rb"20[2-9]\d-\d\d-\d\d|CreationDate", first)


def test_pdf_embeds_truetype(tmp_path):
    found = hrcode.save_figure(hrcode.plot_comparison(TWO), tmp_path / "f.pdf").read_bytes()
    assert (True, False) == (
        b"/FontFile2" in found or b"/TrueType" in found or b"/Type0" in found,
        b"/Type3" in found,
    )


def test_figures_leave_the_users_settings_alone():
    with mpl.rc_context(
        {"font.size": 31, "text.parse_math": True, "svg.fonttype": "none", "text.usetex": True}
    ):
        before = dict(mpl.rcParams)
        figure = hrcode.plot_comparison(TWO)
        png = figure._repr_png_()
        assert before == dict(mpl.rcParams)
    assert png.startswith(b"\x89PNG")
    assert not any(text.get_usetex() for text in figure.axes[0].texts)


@pytest.mark.slow
def test_figures_never_load_pyplot():
    """pyplot keeps figures and may want a screen."""
    here = str(Path(__file__).parent)
    code = (
        f"import sys; sys.path.insert(0, {here!r})\nfrom test_figures import PLOTS, TWO\n"
        "for plot in PLOTS.values(): plot(TWO)._repr_png_()\nprint('matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "False" == done.stdout.strip()


def test_groups_differ_in_grey():
    """Shape alone tells groups apart; filled and hollow tell stances apart."""
    assert len({shape for _, shape in GROUP_MARKS}) == len(GROUP_MARKS)
    assert len({to_rgb(colour) for colour, _ in GROUP_MARKS}) == len(GROUP_MARKS)


@pytest.mark.parametrize("stance", ["applies", "departs", "neutral"])
def test_more_is_darker_in_grey(stance):
    figure = hrcode.plot_coverage(TWO)
    page = figure.axes[0]
    found = []
    for share in (0, 0.25, 0.5, 0.75, 1):
        cell_mark(stance, share)(type("Page", (), {"axes": page}), 0, 0)
        red, green, blue = to_rgb(page.lines[-1].get_color())
        found.append(0.299 * red + 0.587 * green + 0.114 * blue)
    assert found == sorted(found, reverse=True)
    assert found[0] - found[-1] > 0.25


WRONG = {
    "level": ({"level": "total"}, "There are: category, subcategory"),
    "category": ({"category": "fod"}, "Did you mean food"),
    "width": ({"width": "tripple"}, "single, double"),
    "narrow": ({"width": 160}, "at least"),
    "width that is no number": ({"width": "nan"}, "single, double"),
    "font": ({"font": "No Such Font"}, "no font"),
    "where": ({"where": "group=Z"}, "G0"),
}


@pytest.mark.parametrize(("options", "words"), WRONG.values(), ids=WRONG)
def test_wrong_options_say_what_is_right(options, words):
    with pytest.raises(StudyError, match=re.escape(words)):
        hrcode.plot_comparison(study(2, 4), **options)


@pytest.mark.parametrize("plot", ["comparison", "heatmap", "cooccurrence"])
def test_nothing_to_draw_is_said(plot):
    with pytest.raises(StudyError, match="nothing to draw"):
        PLOTS[plot](study(2, 2, codings=[]))


def test_too_much_to_draw_is_said():
    with pytest.raises(StudyError, match="A figure of 800 participants is too large"):
        hrcode.plot_heatmap(study(1, 800))


def test_empty_study_can_be_drawn_on_request():
    figure = hrcode.plot_comparison(study(2, 2, codings=[]), unobserved=True)
    assert 10 == sum(text == "0/2" for text in texts(figure))


def test_filters_are_named_in_captions_and_groups_may_be_hidden():
    for plot in PLOTS.values():
        assert "Only participants with group!=G1." in plot(study(3, 4), where="group!=G1").caption
    uneven = make_coded(
        {"P1": "A", "P2": "B", "P3": "B"}, [(f"P{i}", 9) for i in (1, 2, 3)], CODED[:2], FRAME
    )
    for plot in (hrcode.plot_comparison, hrcode.plot_heatmap):
        drawn = " ".join(texts(plot(uneven, hide_below=2)))
        assert (False, True) == (bool(re.search(r"\bA\b", drawn)), bool(re.search(r"\bB\b", drawn)))
        with pytest.raises(StudyError, match="fewer than 9 participants"):
            plot(uneven, hide_below=9, unobserved=True)
        with pytest.raises(StudyError, match="nobody is left"):
            plot(make_coded({}, [], [], FRAME), unobserved=True)


def test_comparison_of_events_counts_events():
    figure = hrcode.plot_comparison(TWO, count="event")
    table = hrcode.compare(TWO, level="subcategory", count="event")
    cooks = [f"{r.events}/{r.events_total}" for r in table.itertuples() if r.subcategory == "cooks"]
    assert cooks == next(row[2:] for row in rows_of(figure) if "Cooks" in row)
    assert "of the events" in texts(figure)
    assert figure.caption.startswith("Events of each group")
