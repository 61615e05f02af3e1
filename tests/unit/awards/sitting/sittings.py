"""A jury of four in one region with three nominees, and what its members do."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from birge_awards.domain.acting import Act
from birge_awards.domain.cycle.policy import Policy
from birge_awards.domain.sitting.commands import (
    AddMember,
    AssignReviews,
    CloseScoring,
    Command,
    Declare,
    OpenDeclarations,
)
from birge_awards.domain.sitting.facts import Facts
from birge_awards.domain.sitting.sheets import Sheet, submitted
from birge_awards.domain.sitting.sitting import Candidate, Juror, Sitting
from birge_awards.domain.sitting.steps import after
from tests.unit.awards.cycle.building import POLICY

AT = datetime(2026, 9, 20, 9, tzinfo=UTC)
ENDS_AT = AT + timedelta(days=7)
JURORS = ("j-1", "j-2", "j-3", "j-4")
NOMINEES = ("n-1", "n-2", "n-3")


def act(by: str = "manager", days: float = 0) -> Act:
    return Act(by, AT + timedelta(days=days))


@dataclass
class Room:
    """A sitting with its sheets, driven by one command after another."""

    policy: Policy = POLICY
    sitting: Sitting = field(default_factory=lambda: Sitting("2026", "KZ-11"))
    sheets: list[Sheet] = field(default_factory=list)

    @property
    def facts(self) -> Facts:
        return Facts(self.policy, self.sheets)

    def does(self, command: Command, by: str = "manager", days: float = 0) -> "Room":
        self.sitting = after(self.sitting, command, act(by, days), self.facts)
        return self

    def scores(self, nominee: str, juror: str, mark: int, steadiness: int | None = None) -> "Room":
        marks: Mapping[str, Decimal | None] = {
            "impact": Decimal(mark),
            "steadiness": Decimal(steadiness or mark),
        }
        sheet = Sheet("2026", "KZ-11", nominee, juror, marks, "what was read")
        before = next((one for one in self.sheets if one.pair == sheet.pair), None)
        self.sheets.append(submitted(self.sitting, self.policy, before, sheet, act(juror, 1)))
        return self


def formed(**policy: object) -> Room:
    """A jury of four with a chair."""
    room = Room(replace(POLICY, **policy))  # type: ignore[arg-type]
    for juror in JURORS:
        room.does(AddMember(Juror(juror, "KZ", "KZ-11", is_chair=juror == "j-1")))
    return room


def declaring(**policy: object) -> Room:
    """Three nominees stand in ecology."""
    candidates = tuple(Candidate(nominee, "ecology", "KZ-11") for nominee in NOMINEES)
    return formed(**policy).does(OpenDeclarations(candidates))


def scoring(reviews: int = 4, **policy: object) -> Room:
    """Nobody has a conflict, and all read all."""
    room = declaring(reviews=reviews, **policy)
    for juror in JURORS:
        room.does(Declare(), by=juror)
    return room.does(AssignReviews("2026-09-20", ENDS_AT))


def deliberating(marks: Mapping[str, tuple[int, ...]], **policy: object) -> Room:
    """All sheets are in; `marks` by nominee, one of each juror."""
    room = scoring(**policy)
    for nominee, given in marks.items():
        for juror, mark in zip(JURORS, given, strict=True):
            room.scores(nominee, juror, mark)
    return room.does(CloseScoring())
