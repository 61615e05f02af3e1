"""Every route of the API, asked by everybody: who is let in, and who is not even answered."""

import asyncio
from collections.abc import Iterator

import pytest

from birge_common.access.people import Grant, Role
from tests.support.awards_api import ApiHouse, of, person

HERE, ELSEWHERE = "KZ-11", "KZ-71"
COUNTRY = {"award_manager"}
MANAGED = {"award_manager", "regional_manager"}
MEMBERS = {"juror", "commission_member"}
READ = {*MANAGED, "auditor"}
OF_CYCLE, OF_PANEL = "/cycles/{cycle}", "/cycles/{cycle}/panels/{panel}"
OF_SEAT, OF_NOMINATION = f"{OF_PANEL}/seat", "/nominations/{nomination}"

ALLOWED: dict[tuple[str, str], set[str]] = {
    ("GET", "/cycles"): READ,
    ("PUT", OF_CYCLE): COUNTRY,
    ("GET", OF_CYCLE): READ,
    ("GET", f"{OF_CYCLE}/nominations"): READ,
    **{
        ("POST", f"{OF_CYCLE}/{command}"): COUNTRY
        for command in (
            "set_policy",
            "open_nominations",
            "open_regional_stage",
            "reopen_region",
            "extend_stage",
            "form_commission",
            "open_national_stage",
            "sign_no_award",
            "approve_publication",
            "publish",
            "resolve_appeal",
            "close",
        )
    },
    ("POST", f"{OF_CYCLE}/file_appeal"): {"award_manager", "auditor"},
    ("POST", f"{OF_CYCLE}/sign_waiver"): MANAGED,
    ("GET", OF_PANEL): READ,
    ("GET", f"{OF_PANEL}/standings"): READ,
    ("GET", f"{OF_PANEL}/minutes"): READ,
    **{
        ("POST", f"{OF_PANEL}/{command}"): MANAGED
        for command in (
            "add_member",
            "dismiss_member",
            "open_declarations",
            "assign_reviews",
            "ensure_reviews",
            "close_scoring",
            "say_no_extra_judge",
            "close_vote",
            "propose_awards",
            "conclude",
        )
    },
    ("POST", f"{OF_PANEL}/reopen"): COUNTRY,
    ("POST", f"{OF_PANEL}/resume_scoring"): COUNTRY,
    ("POST", f"{OF_PANEL}/recuse"): MANAGED | MEMBERS,
    **{
        ("POST", f"{OF_PANEL}/{command}"): MEMBERS
        for command in ("score_as_extra_judge", "vote_on_tie", "cast_vote", "sign_minutes")
    },
    ("PUT", f"{OF_SEAT}/reviews/{{nominee}}"): MEMBERS,
    ("POST", f"{OF_SEAT}/reviews/{{nominee}}/submit"): MEMBERS,
    ("GET", OF_NOMINATION): MANAGED,
    **{
        ("POST", f"{OF_NOMINATION}/{command}"): MANAGED
        for command in (
            "admit",
            "refuse",
            "merge",
            "withdraw",
            "confirm_guardian",
            "set_blind_text",
        )
    },
    ("POST", f"{OF_NOMINATION}/erase"): COUNTRY,
}
OF_THE_COUNTRY = {
    (method, path)
    for method, path in ALLOWED
    if method != "GET" and path.startswith(OF_CYCLE) and not path.startswith(OF_PANEL)
} - {("POST", f"{OF_CYCLE}/sign_waiver")}
"""What changes a cycle as a whole: no role of a region is enough."""
OF_EVERYBODY = {("GET", f"{OF_CYCLE}/laureates")}
"""No session is asked for; before the publication nothing is there."""
OF_THE_SEATED = {
    ("POST", f"{OF_PANEL}/declare"),
    ("GET", OF_SEAT),
    ("GET", f"{OF_SEAT}/nominees"),
    ("GET", f"{OF_SEAT}/reviews"),
    ("GET", f"{OF_SEAT}/reviews/{{nominee}}"),
}
"""A seat in the jury counts here, whatever the role: the tests below have nobody seated."""
BODIES = {
    "declare": {},
    "set_policy": {"policy": None},
    "open_nominations": {"regions": [HERE]},
    "sign_waiver": {"region": HERE, "reason": "x"},
    "extend_stage": {"stage": "regional", "until": "2027-01-01", "reason": "x"},
    "sign_no_award": {"reason": "x"},
    "reopen_region": {"region": HERE, "reason": "x"},
    "form_commission": {"members": []},
    "approve_publication": {"embargo": "2027-01-01T00:00:00Z"},
    "file_appeal": {"appeal": "a", "nomination": "ecology", "grounds": "x", "on_behalf_of": "y"},
    "resolve_appeal": {"appeal": "a", "outcome": "x"},
    "add_member": {"person": "j-9", "country": "KZ"},
    "dismiss_member": {"person": "j-9", "reason": "x"},
    "assign_reviews": {"seed": "x", "scoring_ends_at": "2027-01-01T00:00:00Z"},
    "say_no_extra_judge": {"tied": [], "reason": "x"},
    "close_vote": {"tied": []},
    "propose_awards": {"citations": {}},
    "reopen": {"reason": "x"},
    "resume_scoring": {"reason": "x", "scoring_ends_at": "2027-01-01T00:00:00Z", "reviews": 3},
    "recuse": {"nominee": "n", "juror": "asks", "reason": "x"},
    "score_as_extra_judge": {"tied": [], "marks": {}},
    "vote_on_tie": {"tied": [], "choice": "n"},
    "cast_vote": {"tied": [], "order": [], "reason": "x"},
    "sign_minutes": {"minutes": "0"},
    "refuse": {"reason": "x"},
    "merge": {"into": "n-2"},
    "withdraw": {"reason": "x"},
    "confirm_guardian": {"note": "x"},
    "set_blind_text": {"text": "x"},
    "erase": {"reason": "x"},
    "submit": {"marks": {}},
    "{nominee}": {"marks": {}},
}


def routes_of(api: ApiHouse) -> Iterator[tuple[str, str]]:
    for path, methods in api.app.openapi()["paths"].items():
        if path.startswith("/v1/awards"):
            for method in methods:
                yield method.upper(), path.removeprefix("/v1/awards")


async def a_house() -> tuple[ApiHouse, str]:
    api = ApiHouse()
    await api.house.opens_nominations()
    return api, await api.house.receives(1, admit=False)


@pytest.fixture(scope="module")
def asked() -> tuple[ApiHouse, str]:
    """One house for all who only knock: whether somebody is let in does not hang on its state."""
    return asyncio.run(a_house())


async def code_of(
    api: ApiHouse, nomination: str, route: tuple[str, str], who: str, panel: str = HERE
) -> str:
    """`in` where somebody was let in, if only to be told that it cannot be done now."""
    method, path = route
    body = BODIES.get(path.rpartition("/")[2]) if method in ("POST", "PUT") else None
    if path.endswith("set_policy"):
        body = {"policy": await _policy(api)}
    if path.endswith("recuse"):
        body = {"nominee": "n", "juror": who, "reason": "x"}
    filled = path.format(cycle="2026", panel=panel, nomination=nomination, nominee="n")
    answer = await api.asks(who, method, filled, body)
    if answer.status_code in (401, 403):
        return str(answer.json()["code"])
    assert answer.status_code < 500, answer.text
    return "in"


async def _policy(api: ApiHouse) -> object:
    api.knows(person("reader", of(Role.AUDITOR)))
    return (await api.asks("reader", "GET", "/cycles/2026")).json()["policy"]


async def test_every_route_is_in_the_table_and_the_table_has_no_other(
    asked: tuple[ApiHouse, str],
) -> None:
    assert set(routes_of(asked[0])) == ALLOWED.keys() | OF_THE_SEATED | OF_EVERYBODY


@pytest.mark.parametrize("route", [*ALLOWED, *OF_THE_SEATED], ids=" ".join)
async def test_a_stranger_is_asked_to_sign_in(
    asked: tuple[ApiHouse, str], route: tuple[str, str]
) -> None:
    assert await code_of(*asked, route, "nobody") == "sign_in_required"


@pytest.mark.parametrize("route", ALLOWED, ids=" ".join)
async def test_a_role_for_the_country_is_let_in_where_the_table_says(
    asked: tuple[ApiHouse, str], route: tuple[str, str]
) -> None:
    let_in = set()
    for role in Role:
        asked[0].knows(person(role, Grant(role)))
        code = await code_of(*asked, route, role)
        # Who may ask is told by the rules, not by the table, that it takes a seat in the jury.
        assert code in ("forbidden", "in", "not_a_member", "not_assigned", "four_eyes")
        if code != "forbidden":
            let_in.add(role.value)
    assert let_in == ALLOWED[route]


@pytest.mark.parametrize("route", ALLOWED, ids=" ".join)
async def test_a_role_for_its_own_region_does_the_same_there_and_nothing_to_a_whole_cycle(
    asked: tuple[ApiHouse, str], route: tuple[str, str]
) -> None:
    let_in = set()
    for role in Role:
        asked[0].knows(person(role, Grant(role, frozenset({HERE}))))
        if await code_of(*asked, route, role) != "forbidden":
            let_in.add(role.value)
    assert let_in == (set() if route in OF_THE_COUNTRY else ALLOWED[route])


@pytest.mark.parametrize(
    "route", [route for route in ALLOWED if "{panel}" in route[1]], ids=" ".join
)
async def test_a_role_for_a_region_does_nothing_in_another(
    asked: tuple[ApiHouse, str], route: tuple[str, str]
) -> None:
    method, path = route
    filled = path.format(cycle="2026", panel=HERE, nominee="n")
    for role in Role:
        asked[0].knows(person(role, Grant(role, frozenset({ELSEWHERE}))))
        answer = await asked[0].asks(role, method, filled, BODIES.get(path.rpartition("/")[2]))
        assert answer.status_code in (403, 404), answer.text


@pytest.mark.parametrize(
    "route", [route for route in ALLOWED if "{nomination}" in route[1]], ids=" ".join
)
async def test_a_nomination_of_another_region_is_not_even_there(
    asked: tuple[ApiHouse, str], route: tuple[str, str]
) -> None:
    api, nomination = asked
    api.knows(person("south", of(Role.REGIONAL_MANAGER, ELSEWHERE)))
    filled = route[1].format(nomination=nomination)
    answer = await api.asks("south", route[0], filled, BODIES.get(route[1].rpartition("/")[2]))
    assert (answer.status_code, answer.json()["code"]) == (404, "no_nomination")


async def test_what_cannot_be_undone_takes_a_fresh_second_factor() -> None:
    api, _ = await a_house()
    api.knows(person("manager", of(Role.AWARD_MANAGER), is_fresh=False))
    command = "/cycles/2026/open_regional_stage"
    stale = await api.asks("manager", "POST", command, steps_up=False)
    assert (stale.status_code, stale.json()["code"]) == (403, "step_up_required")
    assert (await api.asks("manager", "POST", command)).is_success


@pytest.mark.parametrize("seat", sorted(OF_THE_SEATED), ids=" ".join)
async def test_only_who_sits_in_a_jury_has_a_seat(
    asked: tuple[ApiHouse, str], seat: tuple[str, str]
) -> None:
    api, nomination = asked
    api.knows(person("asks", Grant(Role.JUROR, frozenset({HERE}))))
    assert await code_of(api, nomination, seat, "asks") == "not_a_member"


async def test_nobody_confirms_laureates_or_decides_by_hand() -> None:
    api, _ = await a_house()
    api.knows(person("manager", *(Grant(role) for role in Role)))
    for command in ("confirm_laureates", "decide"):
        assert (await api.asks("manager", "POST", f"/cycles/2026/{command}")).status_code == 404


async def test_a_field_that_no_command_has_is_refused_at_any_depth() -> None:
    api, _ = await a_house()
    api.knows(person("manager", of(Role.AWARD_MANAGER)))
    policy = await _policy(api)
    assert isinstance(policy, dict)
    policy["nominations"][0]["criteria"][0]["is_admin"] = True
    answer = await api.asks("manager", "POST", "/cycles/2026/set_policy", {"policy": policy})
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_field")
    assert "is_admin" in answer.json()["detail"]
