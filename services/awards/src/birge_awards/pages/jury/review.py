"""One nominee of a member's list: where it stands in the list, and the sheet on it as typed."""

from dataclasses import dataclass

from fastapi import Request

from birge_awards.domain.acting import Refused
from birge_awards.domain.sitting.sheets import Sheet
from birge_awards.handlers.reading import Assigned
from birge_awards.pages.fields import Typed
from birge_awards.pages.jury.room import Room, room_of
from birge_awards.pages.jury.sheet_form import marks_in, mistakes_in, reason_in
from birge_awards.pages.shell import Shell
from birge_common.access.people import Person
from birge_common.web.pages.catalogues import N_

OF_SEAT = "/awards/cycles/{cycle}/panels/{panel}/seat"
OF_REVIEW = f"{OF_SEAT}/reviews/{{nominee}}"
NO_REASON = N_("Say in words what these marks rest on.")


@dataclass(frozen=True)
class Review:
    """One nominee of a member's list, and how many there are."""

    room: Room
    assigned: Assigned
    number_of: int
    before: str
    after: str
    """The nominees before and after it in the list; empty at its ends."""
    left: str
    """The next nominee without a submitted sheet, after this one and then from the start."""

    @property
    def title(self) -> str:
        """By the number in the member's own list."""
        _ = self.room.words
        return _(
            "Nominee %(number)s of %(total)s", number=self.assigned.number, total=self.number_of
        )

    @property
    def category(self) -> str:
        """The title of the category that it stands in."""
        return self.room.words.title(self.assigned.nomination.titles)

    @property
    def address(self) -> str:
        """Where it is read."""
        return f"{self.room.address}/reviews/{self.assigned.nominee}"


async def review_of(shell: Shell, request: Request, person: Person) -> Review:
    """The nominee that the address names. Raises Refused where it is none of the member's."""
    room, nominee = await room_of(shell, request, person), request.path_params["nominee"]
    several = await shell.reading.assigned(room.held, person.id)
    ids = ["", *(one.nominee for one in several), ""]
    for place, one in enumerate(several, start=1):
        if one.nominee == nominee:
            left = [each.nominee for each in (*several[place:], *several[:place]) if is_left(each)]
            after = "".join(left[:1])
            return Review(room, one, len(several), ids[place - 1], ids[place + 1], after)
    raise Refused("not_assigned", "This nominee was not given to you.")


def sheet_in(review: Review, typed: Typed) -> Sheet:
    """The sheet as typed. Raises Mistyped."""
    room, one = review.room, review.assigned
    marks = marks_in(typed, one.nomination, room.held.policy)
    of = room.sitting
    is_confident = not typed.get("unsure")
    reason = reason_in(typed)
    return Sheet(of.cycle, of.panel, one.nominee, room.person, marks, reason, is_confident)


def mistakes_of(review: Review, sheet: Sheet) -> dict[str, str]:
    """What is to be done before the sheet can be submitted, by field."""
    policy, _ = review.room.held.policy, review.room.words
    mistakes = mistakes_in(sheet.marks, review.assigned.nomination, policy, _)
    if policy.reasons_required and not sheet.reason.strip():
        mistakes["reason"] = _(NO_REASON)
    return mistakes


def is_left(one: Assigned) -> bool:
    """Whether the member's sheet is still to be submitted."""
    return one.sheet is None or one.sheet.submitted_at is None
