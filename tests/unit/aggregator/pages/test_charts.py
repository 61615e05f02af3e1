"""Charts draw what their figures say, and nothing where there is no figure."""

from birge_aggregator.pages.site.charts import series, share_bar


def test_the_parts_of_a_whole_follow_one_another() -> None:
    chart = share_bar("a", ("b",), [("x", 60.0, ("60 %",)), ("y", 40.0, ("40 %",))])
    assert [(one.start, one.length) for one in chart.segments] == [(0.0, 60.0), (60.0, 40.0)]
    assert chart.said == "x 60 %; y 40 %"


def test_a_part_without_a_figure_takes_no_room_and_is_still_named() -> None:
    chart = share_bar("a", ("b",), [("x", None, ("hidden",)), ("y", 40.0, ("40 %",))])
    assert [(one.start, one.length) for one in chart.segments] == [(0.0, 0.0), (0.0, 40.0)]
    assert "x hidden" in chart.said


def test_a_series_is_as_high_as_its_highest_point() -> None:
    points = series("a", [("1", 50.0, "50"), ("2", None, "not provided"), ("3", 200.0, "200")])
    assert [point.height for point in points.points] == [25.0, None, 100.0]


def test_a_series_of_nothing_but_zeros_or_gaps_draws_nothing() -> None:
    assert [one.height for one in series("a", [("1", None, "–"), ("2", 0, "0")]).points] == [
        None,
        None,
    ]
