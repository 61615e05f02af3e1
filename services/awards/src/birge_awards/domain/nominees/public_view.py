"""What the public may see of a nominee: as little as was agreed to."""

from dataclasses import dataclass

from birge_awards.domain.nominees.nominee import Kind, Nominee


@dataclass(frozen=True)
class PublicView:
    """A name or initials, and for a minor the age group alone; never contact or year of birth."""

    shown_as: str
    region: str | None
    age_group: str | None


def public_view(nominee: Nominee, *, region: str | None, year: int) -> PublicView:
    """The whole name only with consent; organisations and projects stand under their own."""
    is_minor = nominee.may_be_minor(year)
    may_be_named = nominee.consents.publication and (not is_minor or nominee.consents.guardian)
    is_named = may_be_named or nominee.kind in (Kind.ORGANISATION, Kind.PROJECT)
    return PublicView(
        nominee.name if is_named else initials_of(nominee.name),
        region,
        "under_18" if is_minor else None,
    )


def initials_of(name: str) -> str:
    """`А. Б.` of `Айгүл Бекова`."""
    return " ".join(f"{part[0].upper()}." for part in name.split() if part[0].isalpha())
