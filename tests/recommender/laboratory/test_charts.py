import itertools
import math

import pytest

from recommender.laboratory.charts import BOTTOM, HEIGHT, HUES, LEFT, RIGHT, TOP, WIDTH, Axis, Series, chart


def drawn(*series: Series, **how):
    return chart(title="A chart", x_title="x", y_title="y", series=series, **how)


def test_values_lie_between_the_ends_of_the_axes():
    found = drawn(Series("loss", [(1, 0.9), (2, 0.4), (3, 0.37)]))

    xs, ys = zip(*found.series[0].dots, strict=True)
    assert min(xs) >= LEFT
    assert max(xs) <= WIDTH - RIGHT
    assert min(ys) >= TOP
    assert max(ys) <= HEIGHT - BOTTOM
    assert list(xs) == sorted(xs)
    assert ys[0] < ys[1] < ys[2]  # a canvas counts downwards


@pytest.mark.parametrize("values", [[0.0, 1.0], [0.131, 0.1586], [-3.0, 40000.0], [5.0, 5.0], [0.0, 0.0], [1e-9, 2e-9]])
def test_an_axis_holds_its_values_in_a_few_round_steps(values):
    axis = Axis.around(values, low_end=0, high_end=100)

    assert axis.low <= min(values) <= max(values) <= axis.high
    assert 2 <= len(axis.ticks()) <= 8
    assert axis.at(axis.low) == 0
    assert axis.at(axis.high) == pytest.approx(100)


def test_nothing_to_draw_is_no_chart():
    assert drawn() is None
    assert drawn(Series("empty", [])) is None
    assert drawn(Series("unknown", [(1, math.nan)])) is None


def test_what_is_not_a_number_is_left_out():
    found = drawn(Series("loss", [(1, 0.5), (2, math.inf), (3, 0.25)]))

    assert len(found.series[0].dots) == 2


def test_names_of_lines_that_end_together_do_not_touch():
    found = drawn(*(Series(f"line {number}", [(0, 0), (1, 1 + number / 1000)]) for number in range(5)))

    heights = sorted(one.label_y for one in found.series)
    assert all(lower - upper >= 13.9 for upper, lower in itertools.pairwise(heights))


def test_colours_begin_anew_when_there_are_more_lines_than_colours():
    found = drawn(*(Series(f"line {number}", [(0, number)]) for number in range(HUES + 1)))

    assert found.series[0].hue == found.series[HUES].hue == 1
    assert len({one.hue for one in found.series}) == HUES


def test_the_table_says_what_is_drawn():
    found = drawn(Series("loss", [(1, 0.5), (2, 12345.0)]))

    assert found.table == [("loss", "1", "0.5"), ("loss", "2", "12,345")]


def test_a_name_stays_at_its_dot_where_no_other_name_is_near():
    crowd = [Series(f"left {number}", [(0, 1 - number / 1000)]) for number in range(6)]
    found = drawn(*crowd, Series("right", [(10, 0.99)]), joined=False)

    alone = found.series[-1]
    assert alone.label_y == pytest.approx(alone.dots[0][1] + 4, abs=0.2)
