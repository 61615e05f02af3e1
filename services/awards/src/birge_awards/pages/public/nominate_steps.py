"""What the public form asks, page by page, and what is wrong with an answer."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from babel import Locale

from birge_awards.domain.cycle.cycle import Cycle
from birge_awards.domain.cycle.policy import INTERNATIONAL, Nomination
from birge_awards.domain.nominees.nominee import ADULT_AGE
from birge_awards.handlers.form_submissions import FILES
from birge_awards.pages.fields import Typed
from birge_awards.pages.shell import Words
from birge_common.regions import REGIONS
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.collation import in_order
from birge_common.web.pages.views import Option

KINDS = {
    "person": N_("A person"),
    "group": N_("A group, such as a family or a team"),
    "organisation": N_("An organisation"),
    "project": N_("A project"),
}
RELATIONS = {
    "colleague": N_("We work or volunteer together"),
    "beneficiary": N_("I was helped"),
    "relative": N_("We are relatives"),
    "organisation": N_("I represent the organisation where they volunteer"),
    "other": N_("I know of their work otherwise"),
}


@dataclass(frozen=True)
class Question:
    """One field of the form; its texts are in the reader's language already."""

    name: str
    label: str
    kind: Literal["text", "email", "year", "long", "links", "select", "radios", "consent"] = "text"
    hint: str = ""
    is_required: bool = True
    options: Sequence[Option] = ()
    autocomplete: str = ""
    longest: int = 200


@dataclass(frozen=True)
class Asking:
    """Whom the form asks, what may be chosen now, and what was said so far."""

    _: Words
    cycles: Sequence[Cycle]
    typed: Typed
    this_year: int

    @property
    def award(self) -> tuple[Cycle, Nomination] | None:
        """The chosen cycle and category; None where neither can be chosen any more."""
        name, _, code = self.typed.get("category", "").partition("/")
        for cycle in self.cycles:
            found = cycle.policy.nomination(code) if cycle.policy and cycle.id == name else None
            if found:
                return cycle, found
        return None

    @property
    def is_minor(self) -> bool:
        """Whether a person may be under eighteen in the cycle's year."""
        born, award = self.typed.get("birth_year", ""), self.award
        if self.typed.get("kind") != "person" or not born.isdecimal() or award is None:
            return False
        name = award[0].id
        year = int(name) if re.fullmatch("[0-9]{4}", name) else self.this_year
        return year - int(born) <= ADULT_AGE


def _always(_: Asking) -> bool:
    return True


@dataclass(frozen=True)
class Step:
    """A page of the form: one subject."""

    name: str
    title: str
    questions: Callable[[Asking], Sequence[Question]]
    applies: Callable[[Asking], bool] = _always


def _award(asking: Asking) -> Sequence[Question]:
    _ = asking._
    options = [
        Option(f"{cycle.id}/{one.code}", f"{_.title(one.titles)} ({cycle.id})")
        for cycle in asking.cycles
        if cycle.policy
        for one in cycle.policy.nominations
    ]
    return (Question("category", _("Category of the award"), "radios", options=options),)


def _place(asking: Asking) -> Sequence[Question]:
    _, award = asking._, asking.award
    if award and award[1].track == INTERNATIONAL:
        countries = Locale.parse(_.language).territories
        named = {code: name for code, name in countries.items() if len(code) == 2}
        return (Question("country", _("Country of the nominee"), "select", options=_sorted(named)),)
    regions = award[0].regions if award else ()
    named = {code: _.of(REGIONS[code].names) for code in regions}
    return (
        Question(
            "region",
            _("Region of the nominee"),
            "select",
            _("Where the nominee volunteers; this region's jury decides first."),
            options=_sorted(named),
        ),
    )


def _sorted(named: Mapping[str, str]) -> list[Option]:
    return [Option(*one) for one in sorted(named.items(), key=lambda one: in_order(one[1]))]


def _nominee(asking: Asking) -> Sequence[Question]:
    _ = asking._
    return (
        Question("kind", _("Who is nominated"), "radios", options=_options(_, KINDS)),
        Question("nominee_name", _("Name of the nominee")),
        Question(
            "birth_year",
            _("Year of birth"),
            "year",
            _("Of a person. A guardian has to agree for those under 18."),
            is_required=False,
        ),
        Question(
            "nominee_contact",
            _("Contact of the nominee"),
            hint=_("A phone number or an e-mail address."),
            longest=80,
        ),
        Question("nominee_organisation", _("Organisation of the nominee"), is_required=False),
    )


def _guardian(asking: Asking) -> Sequence[Question]:
    _ = asking._
    return (
        Question("guardian_name", _("Name of the guardian"), longest=80),
        Question(
            "guardian_contact",
            _("Contact of the guardian"),
            hint=_("A phone number or an e-mail address. The office asks the guardian, no child."),
            longest=80,
        ),
        Question(
            "guardian_consent", _("The guardian agrees to this nomination of a minor."), "consent"
        ),
    )


def _nominator(asking: Asking) -> Sequence[Question]:
    _ = asking._
    return (
        Question("nominator_name", _("Your name"), autocomplete="name"),
        Question(
            "nominator_email",
            _("Your e-mail address"),
            "email",
            _("A link is sent there; the nomination counts once you open it."),
            autocomplete="email",
        ),
        Question(
            "nominator_organisation",
            _("Your organisation"),
            is_required=False,
            autocomplete="organization",
        ),
        Question(
            "relation",
            _("How you know the nominee"),
            "radios",
            options=_options(_, RELATIONS),
        ),
    )


def _deeds(asking: Asking) -> Sequence[Question]:
    _ = asking._
    return (
        Question(
            "citation",
            _("What the nominee has done"),
            "long",
            _("In up to 4000 letters. Give no identification numbers (IIN)."),
            longest=4_000,
        ),
        Question(
            "links",
            _("Links where it can be checked"),
            "links",
            _("One a line, such as https://example.kz/news; at most ten."),
            is_required=False,
            longest=4_000,
        ),
    )


def _nothing(_: Asking) -> Sequence[Question]:
    """Files are sent one by one, by forms of their own."""
    return ()


def _confirming(asking: Asking) -> Sequence[Question]:
    _ = asking._
    return (
        Question(
            "organisation_1",
            _("First organisation"),
            hint=_("Neither yours nor the nominee's own."),
            is_required=False,
        ),
        Question("organisation_2", _("Second organisation"), is_required=False),
    )


def _consents(asking: Asking) -> Sequence[Question]:
    _ = asking._
    return (
        Question(
            "processing",
            _("The nominee knows of this nomination and agrees that these data are processed."),
            "consent",
        ),
        Question(
            "publication",
            _("The nominee agrees that the name is published, if an award is given."),
            "consent",
            is_required=False,
        ),
    )


def _options(_: Words, named: Mapping[str, str]) -> list[Option]:
    return [Option(value, _(label)) for value, label in named.items()]


STEPS = (
    Step("award", N_("Which award"), _award),
    Step("place", N_("Where from"), _place),
    Step("nominee", N_("The nominee"), _nominee),
    Step("guardian", N_("Guardian of a minor"), _guardian, lambda asking: asking.is_minor),
    Step("nominator", N_("About you"), _nominator),
    Step("deeds", N_("What was done"), _deeds),
    Step(FILES, N_("Files that show it"), _nothing),
    Step("confirming", N_("Who confirms the work"), _confirming),
    Step("consents", N_("Consents"), _consents),
)


def steps_of(asking: Asking) -> Iterator[Step]:
    """The pages that this nomination needs."""
    return (one for one in STEPS if one.applies(asking))
