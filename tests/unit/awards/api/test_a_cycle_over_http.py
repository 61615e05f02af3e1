"""A whole cycle by its JSON commands alone, from an empty store to published laureates."""

from datetime import timedelta
from typing import Any

from pydantic import TypeAdapter

from birge_awards.domain.cycle.policy import Policy
from birge_common.access.people import Role
from tests.support.awards_api import ApiHouse, of, person
from tests.unit.awards.cycle.building import POLICY

CYCLE = "/cycles/2026"
JURORS = ("j-1", "j-2", "j-3")
TEXTS = {"kk": "Еңбегі үшін.", "ru": "За труд.", "en": "For the work."}
COMMISSION = [
    {"person": "m-1", "country": "KZ", "region": "KZ-75", "is_chair": True},
    {"person": "m-2", "country": "KZ", "region": "KZ-71"},
    {"person": "m-3", "country": "UZ"},
    {"person": "m-4", "country": "DE"},
]


def a_house() -> ApiHouse:
    api = ApiHouse()
    api.knows(
        person("manager", of(Role.AWARD_MANAGER)),
        person("director", of(Role.AWARD_MANAGER)),
        person("north", of(Role.REGIONAL_MANAGER, "KZ-11")),
        person("south", of(Role.REGIONAL_MANAGER, "KZ-71")),
        *(person(name, of(Role.JUROR, "KZ-11")) for name in JURORS),
        *(person(f"m-{number}", of(Role.COMMISSION_MEMBER)) for number in range(1, 5)),
    )
    return api


async def open_nominations(api: ApiHouse) -> None:
    policy: Any = TypeAdapter(Policy).dump_python(POLICY, mode="json")
    await api.does("manager", CYCLE, method="PUT")
    await api.does("manager", f"{CYCLE}/set_policy", {"policy": policy})
    await api.does("manager", f"{CYCLE}/open_nominations", {"regions": ["KZ-11", "KZ-71"]})


async def sit(api: ApiHouse, panel: str, manager: str, marks: dict[str, int]) -> Any:
    """Everything from declarations to a signed, concluded result; the first juror is stricter."""
    of_panel = f"{CYCLE}/panels/{panel}"
    view = await api.does(manager, f"{of_panel}/open_declarations")
    members = [one["person"] for one in view["members"]]
    for member in members:
        await api.does(member, f"{of_panel}/declare", {})
    ends_at = api.house.clock.now() + timedelta(days=7)
    drawn = {"seed": "drawn in public", "scoring_ends_at": ends_at.isoformat()}
    await api.does(manager, f"{of_panel}/assign_reviews", drawn)
    for member in members:
        for review in await api.does(member, f"{of_panel}/seat/reviews", method="GET"):
            of_review = f"{of_panel}/seat/reviews/{review['nominee']}"
            read = await api.does(member, of_review, method="GET")
            assert read["text"] == "Cleans the river every week."
            sheet = {
                "marks": dict.fromkeys(review["criteria"], marks[review["nominee"]]),
                "reason": "what was read",
            }
            await api.does(member, of_review, sheet, method="PUT")
            await api.does(member, f"{of_review}/submit", sheet)
    await api.does(manager, f"{of_panel}/close_scoring")
    [standings] = await api.does(manager, f"{of_panel}/standings", method="GET")
    best = standings["laureates"][0][0]
    await api.does(manager, f"{of_panel}/propose_awards", {"citations": {best: TEXTS}})
    minutes = (await api.does(manager, of_panel, method="GET"))["minutes"]
    for member in members:
        await api.does(member, f"{of_panel}/sign_minutes", {"minutes": minutes})
    await api.does(manager, f"{of_panel}/conclude")
    return best


async def test_a_cycle_is_run_by_its_commands() -> None:
    api = a_house()
    await open_nominations(api)
    first, second = [await api.house.receives(number, admit=False) for number in (1, 2)]
    for nominee in (first, second):
        opened = await api.does("north", f"/nominations/{nominee}", method="GET")
        assert opened["name"].startswith("Айгүл Бекова")
        assert opened["obstacles"] == []
        assert (await api.does("north", f"/nominations/{nominee}/admit"))["state"] == "admitted"
    await api.does("manager", f"{CYCLE}/open_regional_stage")
    for number, juror in enumerate(JURORS):
        seat = {"person": juror, "country": "KZ", "region": "KZ-11", "is_chair": number == 0}
        seat["contacts"] = [f"{juror}@jury.kz"]
        await api.does("north", f"{CYCLE}/panels/KZ-11/add_member", seat)
    best = await sit(api, "KZ-11", "north", {first: 9, second: 5})
    assert best == first
    board = await api.does("manager", CYCLE, method="GET")
    assert board["owing"] == ["KZ-71"]
    waiver = {"region": "KZ-71", "reason": "nobody stood"}
    await api.does("south", f"{CYCLE}/sign_waiver", waiver)
    assert (await api.does("manager", f"{CYCLE}/sign_waiver", waiver))["owing"] == []
    await api.does("manager", f"{CYCLE}/form_commission", {"members": COMMISSION})
    await api.does("manager", f"{CYCLE}/open_national_stage")
    await sit(api, "commission", "manager", {first: 8})
    embargo = (api.house.clock.now() + timedelta(days=3)).isoformat()
    await api.does("director", f"{CYCLE}/approve_publication", {"embargo": embargo})
    early = await api.asks("director", "POST", f"{CYCLE}/publish")
    assert (early.status_code, early.json()["code"]) == (409, "not_yet")
    api.house.clock.advance(timedelta(days=3))
    published = await api.does("director", f"{CYCLE}/publish")
    assert published["stage"] == "published"
    assert [one["nominee"] for one in published["laureates"]] == [first]
