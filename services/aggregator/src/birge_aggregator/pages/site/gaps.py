"""What is missing and from whom, in words: every gap names what, why and whose."""

from collections import defaultdict

from birge_aggregator.domain.publication.frozen import Frame
from birge_aggregator.pages.site.reading import Note, names_of
from birge_aggregator.pages.site.said import reason_in_words
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.words import Words

_THINGS = {
    "census": N_("census of volunteers"),
    "content": N_("contents of inquiries"),
    "hours": N_("hours"),
    "volunteers": N_("volunteers"),
    "programme": N_("regional programme"),
    "estimate": N_("estimate from two lists"),
    "organisations.ngos": N_("number of NGOs"),
    "organisations.initiative_groups": N_("number of initiative groups"),
    "wages": N_("wages"),
}


def gaps_of(words: Words, *frames: Frame) -> list[Note]:
    """Each thing that is missing in these answers, with its reason and the regions."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for frame in frames:
        for one in frame["missing"]:
            found[one["what"], one["reason"]].add(one["region"])
    return [
        Note(
            sentence(f"{thing(words, what)}: {reason_in_words(words, reason)}"),
            names_of(words, regions),
        )
        for (what, reason), regions in sorted(found.items())
    ]


def late_of(words: Words, submissions: Frame) -> list[Note]:
    """The regions whose offices sent less than they were to send, by the number of reports."""
    _ = words
    waiting: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in submissions["rows"]:
        if row["received"] is not None and row["expected"] is not None:
            waiting[row["region"]][0] += row["expected"]
            waiting[row["region"]][1] += row["expected"] - row["received"]
    by_number: dict[tuple[int, int], list[str]] = defaultdict(list)
    for region, (expected, lacking) in waiting.items():
        if lacking > 0:
            by_number[lacking, expected].append(region)
    return [
        Note(
            _("Monthly reports not received: %(lacking)s of %(expected)s", lacking=a, expected=b),
            names_of(_, regions),
        )
        for (a, b), regions in sorted(by_number.items())
    ]


def sentence(text: str) -> str:
    """The text with its first letter as a sentence has it."""
    return f"{text[:1].upper()}{text[1:]}"


def thing(words: Words, what: str) -> str:
    """What is missing; of a grant's project its name and the figure."""
    project, _separator, figure = what.rpartition("/")
    name = words(_THINGS[figure]) if figure in _THINGS else figure
    return f"{project}: {name}" if project else name
