from birge_stack.oracle.exact import percent
from tests.unit.oracle.building import recount_of, report


def test_percentages_are_rounded_once_half_away_from_zero() -> None:
    assert percent(1, 3) == 33.3333
    assert percent(1, 2_000_000) == 0.0001
    assert percent(-1, 2_000_000) == -0.0001
    assert percent(1, 0) is None
    assert percent(None, 3) is None


def test_shares_are_within_the_layer_and_of_the_whole_country() -> None:
    recount = recount_of(
        report("a", hours=30),
        report("b", hours=10, region="KZ-75"),
        report("c", hours=60, direction="umit"),
        report("d", hours=500, layer="grant"),
    )
    rows = {
        (row["region"], row["direction"], row["layer"]): row
        for row in recount.table("hours", "2022")["rows"]
    }
    astana = rows["KZ-71", "qamqor", "front_office"]
    assert (astana["share_of_direction_pct"], astana["share_of_region_pct"]) == (75.0, 33.3333)
    assert rows["KZ", "qamqor", "front_office"]["hours"] == 40
    assert recount.table("hours", "2022", "KZ-71")["rows"][0] == astana


def test_a_layer_filters_rows_and_never_totals() -> None:
    recount = recount_of(report("a"), report("b", layer="grant", hours=2))
    answer = recount.table("hours", "2022", layer="grant")
    assert {row["layer"] for row in answer["rows"]} == {"grant"}
    assert answer["totals"]["front_office"] == 10


def test_already_counted_is_taken_from_the_declaring_region_and_period() -> None:
    declared = [
        {"region": "KZ-71", "period": "2022-03", "hours": 30},
        {"report_id": "x", "hours": 0.5},
    ]
    recount = recount_of(
        report("a", hours=100),
        report("b", layer="independent", region="KZ-75", period="2022-05", hours=40).replace(
            b'"hours": 40',
            b'"hours": 40, "already_counted": ' + str(declared).replace("'", '"').encode(),
        ),
    )
    assert recount.table("hours", "2022")["totals"] == {
        "front_office": 100,
        "grant": 0,
        "independent": 40,
        "already_counted": 30.5,
        "grand_total": 109.5,
    }
    assert recount.table("hours", "2022-03")["totals"]["already_counted"] == 0
    assert recount.table("hours", "2022", "KZ-75")["totals"]["grand_total"] == 9.5


def test_null_is_not_zero() -> None:
    silent, speaking = report("a"), report("b", region="KZ-75", events=0, volunteers=3)
    rows = {
        row["region"]: row for row in recount_of(silent, speaking).table("hours", "2022")["rows"]
    }
    assert (rows["KZ-71"]["events"], rows["KZ-75"]["events"], rows["KZ"]["volunteers"]) == (
        None,
        0,
        3,
    )


def test_a_statement_counts_only_in_windows_that_hold_its_period() -> None:
    recount = recount_of(report(period="2022-H1"))
    windows = ("2022-03", "2022-H1", "2022", "2022-06~12m", "2022-05~12m", "2022-H2")
    hours = [recount.table("hours", window)["totals"]["front_office"] for window in windows]
    assert hours == [0, 10, 10, 10, 0, 0]
    loose = [len(recount.table("hours", window)["not_attributable"]) for window in windows]
    assert loose == [1, 0, 0, 0, 1, 0]


def test_what_a_region_or_direction_cannot_hold_is_listed_once() -> None:
    recount = recount_of(
        report("a", layer="grant", region="KZ", direction=None, hours=1),
        report("b", layer="grant", direction=None, hours=2),
        report("c", layer="grant", region="KZ", hours=3),
        report("d", layer="grant", direction=None, hours=4, period="2022"),
    )
    month = [
        (item["period"], item["region"], item["direction"], item["hours"])
        for item in recount.table("hours", "2022-03")["not_attributable"]
    ]
    assert month == [
        ("2022", "KZ-71", None, 4),
        ("2022-03", "KZ", "qamqor", 3),
        ("2022-03", "KZ", None, 1),
        ("2022-03", "KZ-71", None, 2),
    ]
    other = recount.table("hours", "2022-03", "KZ-75")["not_attributable"]
    assert [item["region"] for item in other] == ["KZ", "KZ"]


def test_null_directions_have_rows_of_their_own_without_a_share_of_direction() -> None:
    rows = recount_of(report("a", layer="grant"), report("b", layer="grant", direction=None)).table(
        "hours", "2022", "KZ-71"
    )["rows"]
    assert [(row["direction"], row["share_of_direction_pct"]) for row in rows] == [
        ("qamqor", 100.0),
        (None, None),
    ]


def test_the_top_region_is_the_countrys_and_the_lowest_code_among_equals() -> None:
    recount = recount_of(
        report("a", region="KZ-75"), report("b"), report("c", region="KZ-11", hours=1)
    )
    [row] = recount.table("directions", "2022", "KZ-11")["rows"]
    assert row["top_region"] == {"region": "KZ-71", "share_pct": 47.619}
    assert (row["hours"], row["share_pct"]) == (1, 100.0)


def test_only_the_country_stating_hours_makes_no_region_top() -> None:
    [row] = recount_of(report(region="KZ", layer="grant")).table("directions", "2022")["rows"]
    assert row["top_region"] is None


def test_formats_add_layers_up_and_put_the_unknown_last() -> None:
    recount = recount_of(
        report("a", format=None), report("b", layer="grant", hours=30), report("c", format="auto")
    )
    rows = recount.table("formats", "2022", "KZ-71")["rows"]
    assert [(row["format"], row["share_pct"]) for row in rows] == [
        ("auto", 20.0),
        ("offline", 60.0),
        (None, 20.0),
    ]
    assert len(recount.table("formats", "2022", "KZ-71", layer="grant")["rows"]) == 1


def test_participants_share_the_sum_of_the_categories() -> None:
    recount = recount_of(
        report("a", participants={"child": 1, "silver": None}),
        report("b", participants={"general": 2}),
    )
    rows = recount.table("participants", "2022", "KZ-71")["rows"]
    assert [(row["category"], row["volunteers"], row["share_pct"]) for row in rows] == [
        ("child", 1, 33.3333),
        ("general", 2, 66.6667),
    ]


def test_marks_are_strict_and_cover_every_direction() -> None:
    recount = recount_of(
        report("a", hours=25, direction="umit"),
        report("b", hours=5, direction="ayala"),
        report("c", hours=25.01, direction="bilim"),
        report("d", hours=4.99, direction="media"),
        report("e", hours=40, direction="culture"),
    )
    rows = recount.table("representedness", "2022")["rows"]
    marks = {row["direction"]: row["mark"] for row in rows}
    assert len(rows) == 11
    assert {name: marks[name] for name in ("umit", "ayala", "bilim", "media", "saylyq")} == {
        "umit": "",
        "ayala": "",
        "bilim": "●",
        "media": "×",
        "saylyq": "×",
    }


def test_marks_by_events_leave_out_regions_without_any() -> None:
    recount = recount_of(report("a"), report("b", region="KZ-75", events=1))
    rows = recount.table("representedness", "2022", basis="events")["rows"]
    assert {row["region"] for row in rows} == {"KZ-75"}


def test_the_map_of_17_adds_the_new_regions_to_their_predecessors() -> None:
    recount = recount_of(
        report("a", region="KZ-10", period="2022-07"), report("b", region="KZ-63", period="2022-07")
    )
    answer = recount.table("hours", "2022-H2", is_map_17=True)
    assert [(row["region"], row["hours"]) for row in answer["rows"]] == [("KZ", 20), ("KZ-63", 20)]
    assert len(answer["missing"]) == 16
    assert recount.table("hours", "2022-H2", "KZ-10")["rows"][0]["hours"] == 10


def test_missing_are_the_regions_of_the_first_day_without_a_front_office_report() -> None:
    recount = recount_of(report("a"), report("b", region="KZ-75", layer="grant"))
    missing = {item["region"] for item in recount.table("hours", "2022")["missing"]}
    assert len(missing) == 16
    assert "KZ-75" in missing
    assert "KZ-10" not in missing
    assert len(recount.table("formats", "2022-H2")["missing"]) == 20
    assert recount.table("hours", "2022", "KZ-71")["missing"] == []


def test_a_period_without_data_has_no_rows() -> None:
    assert recount_of(report()).table("hours", "2019")["rows"] == []
