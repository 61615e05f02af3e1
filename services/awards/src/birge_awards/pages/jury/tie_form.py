"""What a member adds to a tie, as a form and back: sheets, a vote, or the chair's order."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from string import ascii_uppercase

from birge_awards.domain.cycle.policy import Nomination
from birge_awards.domain.jury.ties import CHAIR, EXTRA_JUDGE, Waiting
from birge_awards.domain.sitting.commands import CastVote, ScoreAsExtraJudge, VoteOnTie
from birge_awards.domain.sitting.sheets import nomination_of
from birge_awards.handlers.reading import Text
from birge_awards.pages.fields import Mistyped, Typed, text_of
from birge_awards.pages.jury.room import Room
from birge_awards.pages.jury.sheet_form import (
    MarkField,
    mark_fields,
    mark_rows,
    marks_in,
    mistakes_in,
    reason_in,
)
from birge_awards.pages.shell import Words
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.views import Option, Row

EACH_ONCE = N_("Give every place once.")
NOT_TIED = N_("Choose one of these nominees.")
TieCommand = ScoreAsExtraJudge | VoteOnTie | CastVote


def name_of_group(tied: Sequence[str]) -> str:
    """A short name of a group for addresses."""
    return hashlib.sha256("|".join(sorted(tied)).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Tied:
    """One of the group; the letter is the same for all members, and says nothing of the person."""

    nominee: str
    letter: str
    text: Text | None
    """None where only the letter is shown."""

    def label(self, _: Words) -> str:
        """The name where this jury sees names, and the letter."""
        letter = _("Nominee %(letter)s", letter=self.letter)
        return f"{letter}: {self.text.name}" if self.text and self.text.name else letter


@dataclass(frozen=True)
class TieForm:
    """A group whose tie waits for this member."""

    room: Room
    waiting: Waiting
    tied: Sequence[Tied]

    @property
    def title(self) -> str:
        """What is asked; who scores as one more judge is not told that anybody tied."""
        _ = self.room.words
        if self.waiting.step == EXTRA_JUDGE:
            return _("Score more nominees")
        return _("Decide the order") if self.waiting.step == CHAIR else _("Vote")

    @property
    def address(self) -> str:
        """Where it is done."""
        return f"{self.room.address}/ties/{name_of_group(self.waiting.tied)}"

    @property
    def places(self) -> list[Option]:
        """The places that the chair gives."""
        return [Option(str(place), str(place)) for place in range(1, len(self.tied) + 1)]

    def choices(self) -> list[Option]:
        """Whom a vote can be for."""
        return [Option(one.nominee, one.label(self.room.words)) for one in self.tied]

    def fields_on(self, one: Tied, typed: Typed) -> list[MarkField]:
        """The criteria of one nominee's sheet."""
        nomination, policy = self._nomination(one.nominee), self.room.held.policy
        return mark_fields(nomination, policy, typed, self.room.words, of=f"{one.letter}-")

    def command(self, typed: Typed) -> TieCommand:
        """What the member says. Raises Mistyped."""
        tied = self.waiting.tied
        if self.waiting.step == EXTRA_JUDGE:
            return ScoreAsExtraJudge(
                tied, {one.nominee: self._marks(one, typed) for one in self.tied}
            )
        if self.waiting.step == CHAIR:
            order = self._order(typed)
            text_of(typed, "reason")
            return CastVote(tied, order, reason_in(typed))
        choice = text_of(typed, "choice")
        if choice not in tied:
            raise Mistyped("choice", NOT_TIED)
        return VoteOnTie(tied, choice)

    def rows(self, command: TieCommand) -> list[Row]:
        """The command in words."""
        _, labels = self.room.words, {one.nominee: one.label(self.room.words) for one in self.tied}
        match command:
            case ScoreAsExtraJudge(_tied, marks):
                return [
                    Row(f"{labels[nominee]}: {row.term}", row.value)
                    for nominee, given in marks.items()
                    for row in mark_rows(given, self._nomination(nominee), _)
                ]
            case CastVote(_tied, order, reason):
                places = [
                    Row(_("Place %(place)s", place=place), labels[nominee])
                    for place, nominee in enumerate(order, start=1)
                ]
                return [*places, Row(_("Reason"), reason)]
            case VoteOnTie(_tied, choice):
                return [Row(_("Your vote"), labels[choice])]

    def _nomination(self, nominee: str) -> Nomination:
        return nomination_of(self.room.sitting, self.room.held.policy, nominee)

    def _marks(self, one: Tied, typed: Typed) -> Mapping[str, Decimal | None]:
        nomination, policy = self._nomination(one.nominee), self.room.held.policy
        of = f"{one.letter}-"
        marks = marks_in(typed, nomination, policy, of=of)
        for field, text in mistakes_in(marks, nomination, policy, self.room.words, of=of).items():
            raise Mistyped(field, text)
        return marks

    def _order(self, typed: Typed) -> tuple[str, ...]:
        by_place = {text_of(typed, f"place-{one.letter}"): one.nominee for one in self.tied}
        if by_place.keys() != {option.value for option in self.places}:
            raise Mistyped(f"place-{self.tied[0].letter}", EACH_ONCE)
        return tuple(by_place[option.value] for option in self.places)


def tied_from(waiting: Waiting, texts: Sequence[Text]) -> list[Tied]:
    """The group with its texts; letters follow the ids, which say nothing."""
    found = {one.nominee: one for one in texts}
    return [
        Tied(nominee, _letter(number), found.get(nominee))
        for number, nominee in enumerate(sorted(waiting.tied))
    ]


def _letter(number: int) -> str:
    """A, B, …, Z, A1, B1, …"""
    round_of, place = divmod(number, len(ascii_uppercase))
    return ascii_uppercase[place] + (str(round_of) if round_of else "")
