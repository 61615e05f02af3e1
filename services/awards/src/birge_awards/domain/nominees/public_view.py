"""What the public may see of a nominee: as little as was agreed to."""

from dataclasses import dataclass

from birge_awards.domain.nominees.nominee import Nominee


@dataclass(frozen=True)
class PublicView:
    """A name or initials, and for a minor the age group alone; never contact or year of birth.

    `is_named` tells that words about the nominee may stand beside, which mostly name whom they
    praise.
    """

    shown_as: str
    region: str | None
    age_group: str | None
    is_named: bool


def public_view(nominee: Nominee, *, region: str | None, year: int) -> PublicView:
    """The whole name only with consent: a project's or a group's may be a person's too."""
    is_minor = nominee.may_be_minor(year)
    has_guardian = nominee.consents.guardian is True
    is_named = nominee.consents.publication and (not is_minor or has_guardian)
    return PublicView(
        nominee.name if is_named else initials_of(nominee.name),
        region,
        "under_18" if is_minor else None,
        is_named,
    )


def initials_of(name: str) -> str:
    """`А. Б.` of `Айгүл Бекова`, and `Ж.` of `«Жастар»`."""
    letters = [next(filter(str.isalpha, part), "") for part in name.split()]
    return " ".join(f"{letter.upper()}." for letter in letters if letter)
