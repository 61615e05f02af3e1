"""A whole award, step by step: what managers, jurors and a commission do, over their own HTTP."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from birge_common.access.people import Role
from birge_common.regions import regions_on
from birge_stack.demo.award.rules import (
    CITATION,
    NOT_HELD,
    SMALL,
    Size,
    nomination_event,
)
from birge_stack.demo.people import Visitor, several_joined
from birge_stack.errors import StackError

TAKEN_WITHIN_SECONDS = 30.0
PAUSE_SECONDS = 0.2
COMMISSION = "commission"
COUNTRIES = ("KZ", "KZ", "UZ", "DE")


@dataclass(frozen=True)
class Laureate:
    """Who was published, where and for what."""

    nomination: str
    place: int
    name: str
    region: str | None


@dataclass(frozen=True)
class Award:
    """The demo's award: where the services are, and the key of a partner that nominates."""

    awards_url: str
    ingest_url: str
    key: str
    source: str
    remark: Callable[[str], None]
    size: Size = SMALL

    def run(self, administrator: Visitor, cycle: str) -> list[Laureate]:
        """From an empty cycle to published laureates. Raises StackError."""
        managers = several_joined(
            administrator, self.awards_url, ["Менеджер А", "Менеджер Б"], Role.AWARD_MANAGER
        )
        manager, director = managers
        self._open(manager, cycle)
        self._nominate(manager, cycle)
        manager.does(f"/v1/awards/cycles/{cycle}/open_regional_stage")
        for region in self.size.regions:
            self._hold_region(manager, cycle, region)
        self._waive_others(manager, director, cycle)
        self._hold_commission(manager, cycle)
        return self._publish(director, cycle)

    def _open(self, manager: Visitor, cycle: str) -> None:
        of_cycle = f"/v1/awards/cycles/{cycle}"
        manager.does(of_cycle, method="PUT")
        manager.does(f"{of_cycle}/set_policy", {"policy": self.size.policy()})
        regions = list(regions_on(datetime.now(UTC).date()))
        manager.does(f"{of_cycle}/open_nominations", {"regions": regions})
        self.remark(f"award {cycle}: nominations are open in {len(regions)} regions")

    def _nominate(self, manager: Visitor, cycle: str) -> None:
        now = datetime.now(UTC)
        events = [
            nomination_event(number, cycle, self.source, name, citation, now, region=region)
            for number, (region, name, citation) in enumerate(self.size.domestic)
        ] + [
            nomination_event(number, cycle, self.source, name, citation, now, country=country)
            for number, (country, name, citation) in enumerate(
                self.size.international, start=len(self.size.domestic)
            )
        ]
        answer = httpx.post(
            f"{self.ingest_url}/v1/events",
            json=events,
            headers={
                "Authorization": f"Bearer {self.key}",
                "Content-Type": "application/cloudevents-batch+json",
            },
            timeout=TAKEN_WITHIN_SECONDS,
            trust_env=False,
        )
        if answer.status_code != httpx.codes.ACCEPTED:
            raise StackError(f"nominations were answered {answer.status_code}: {answer.text}")
        for one in self._received(manager, cycle, len(events)):
            manager.does(f"/v1/awards/nominations/{one['id']}/admit")
        self.remark(f"award {cycle}: {len(events)} nominees came sealed by the door, all admitted")

    def _received(self, manager: Visitor, cycle: str, count: int) -> list[dict[str, Any]]:
        deadline_at = time.monotonic() + TAKEN_WITHIN_SECONDS
        while True:
            page = manager.reads(f"/v1/awards/cycles/{cycle}/nominations?state=received&limit=500")
            if page["total"] == count:
                several: list[dict[str, Any]] = page["nominations"]
                return several
            if time.monotonic() > deadline_at:
                raise StackError(f"{page['total']} of {count} nominations have arrived")
            time.sleep(PAUSE_SECONDS)

    def _hold_region(self, manager: Visitor, cycle: str, region: str) -> None:
        names = [f"Жюри {number} ({region})" for number in range(1, self.size.jurors + 1)]
        jurors = several_joined(manager, self.awards_url, names, Role.JUROR, region)
        for number, juror in enumerate(jurors):
            seat = {"person": juror.person, "country": "KZ", "region": region}
            chair = {"is_chair": number == 0}
            manager.does(f"/v1/awards/cycles/{cycle}/panels/{region}/add_member", {**seat, **chair})
        self._sit(manager, cycle, region, jurors)
        self.remark(f"award {cycle}: {region} has confirmed its laureate")

    def _waive_others(self, manager: Visitor, director: Visitor, cycle: str) -> None:
        owing = manager.reads(f"/v1/awards/cycles/{cycle}")["owing"]
        for region in owing:
            for signer in (manager, director):
                waiver = {"region": region, "reason": NOT_HELD}
                signer.does(f"/v1/awards/cycles/{cycle}/sign_waiver", waiver)
        self.remark(f"award {cycle}: {len(owing)} regions give no award, each signed by two people")

    def _hold_commission(self, manager: Visitor, cycle: str) -> None:
        countries = COUNTRIES * self.size.commission
        names = [f"Комиссия {number}" for number in range(1, len(countries) + 1)]
        members = several_joined(manager, self.awards_url, names, Role.COMMISSION_MEMBER)
        seats = [
            {
                "person": member.person,
                "country": country,
                "region": "KZ-71" if country == "KZ" else None,
                "is_chair": number == 0,
            }
            for number, (member, country) in enumerate(zip(members, countries, strict=True))
        ]
        manager.does(f"/v1/awards/cycles/{cycle}/form_commission", {"members": seats})
        manager.does(f"/v1/awards/cycles/{cycle}/open_national_stage")
        self._sit(manager, cycle, COMMISSION, members)
        self.remark(f"award {cycle}: the commission of {len(set(COUNTRIES))} countries has decided")

    def _sit(self, manager: Visitor, cycle: str, panel: str, members: Sequence[Visitor]) -> None:
        of_panel = f"/v1/awards/cycles/{cycle}/panels/{panel}"
        manager.does(f"{of_panel}/open_declarations")
        for member in members:
            member.does(f"{of_panel}/declare", {})
        ends_at = datetime.now(UTC) + timedelta(days=1)
        drawn = {"seed": f"{cycle} {panel}", "scoring_ends_at": ends_at.isoformat()}
        manager.does(f"{of_panel}/assign_reviews", drawn)
        for strictness, member in enumerate(members):
            for review in member.reads(f"{of_panel}/seat/reviews"):
                sheet = {"marks": _marks(review, strictness), "reason": "Демонстрация."}
                member.does(f"{of_panel}/seat/reviews/{review['nominee']}/submit", sheet)
        manager.does(f"{of_panel}/close_scoring")
        standings = manager.reads(f"{of_panel}/standings")
        laureates = [nominee for one in standings for nominee, _ in one["laureates"]]
        citations = {"citations": dict.fromkeys(laureates, CITATION)}
        manager.does(f"{of_panel}/propose_awards", citations)
        minutes = manager.reads(of_panel)["minutes"]
        for member in members:
            member.does(f"{of_panel}/sign_minutes", {"minutes": minutes})
        manager.does(f"{of_panel}/conclude")

    def _publish(self, director: Visitor, cycle: str) -> list[Laureate]:
        embargo = datetime.now(UTC) + timedelta(seconds=1)
        director.does(
            f"/v1/awards/cycles/{cycle}/approve_publication", {"embargo": embargo.isoformat()}
        )
        deadline_at = time.monotonic() + TAKEN_WITHIN_SECONDS
        while not (laureates := published_laureates(self.awards_url, cycle)):
            if time.monotonic() > deadline_at:
                raise StackError(f"the laureates of {cycle} were not published at their moment")
            time.sleep(PAUSE_SECONDS)
        return laureates


def published_laureates(awards_url: str, cycle: str) -> list[Laureate]:
    """The nation's laureates as everybody reads them; none before their publication."""
    address = f"{awards_url}/v1/awards/cycles/{cycle}/laureates"
    answer = httpx.get(address, timeout=TAKEN_WITHIN_SECONDS, trust_env=False)
    if answer.status_code == httpx.codes.NOT_FOUND:
        return []
    return [
        Laureate(one["nomination"], one["place"], one["name"], one["region"])
        for one in answer.raise_for_status().json()["laureates"]
        if one["place"] is not None
    ]


def _marks(review: dict[str, Any], strictness: int) -> dict[str, int]:
    """Marks that differ by nominee and by how strict the member is, the same on every run."""
    merit = 5 + sum(map(ord, review["nominee"])) % 4
    return {
        code: max(1, merit + number % 2 - strictness)
        for number, code in enumerate(review["criteria"])
    }
