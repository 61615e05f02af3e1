"""How the figures come about: the rules that hold for all, and every table and column."""

from fastapi import APIRouter

from birge_aggregator.domain.publication.frozen import AnswerKey
from birge_aggregator.pages.shell import Reader, Shell, View
from birge_aggregator.pages.site.frozen_tables import columns_of, words_of
from birge_aggregator.pages.site.table_words import TABLE_WORDS
from birge_aggregator.pages.site.visits import Visit, edition_page
from birge_common.web.pages.catalogues import N_

RULES = (
    (
        "hours-first",
        N_("Hours come first"),
        N_(
            "The unit is the hour that a volunteer worked. A shelter or a crisis centre works "
            "every day and has no events: who counts events only does not see it. Events and "
            "engagements stand beside the hours."
        ),
    ),
    (
        "not-counted",
        N_("What is not volunteering is not counted"),
        N_(
            "Forced participation, paid work, work for political parties or religious "
            "associations, spectators, athletes, charity, fundraising and commercial "
            "entertainment are left out. Reports declare what they leave out; it is kept and "
            "never counted."
        ),
    ),
    (
        "layers",
        N_("Three layers, never mixed"),
        N_(
            "Front offices are the basis. Grants and organisations that no office reaches stand"
            " beside it. Hours that two reports name are counted once: the report says so, and "
            "they are taken off."
        ),
    ),
    (
        "not-provided",
        N_("Not provided is not zero"),
        N_(
            "A figure that nobody gave is shown as “not provided”, with the reason. Totals and "
            "shares say who is missing from them."
        ),
    ),
    (
        "coverage",
        N_("Offices see a part"),
        N_(
            "By the network’s estimate the offices see 40 to 60 %% of what volunteers do, in "
            "some regions far less. A fall of over 10 %% is usually better counting, not fewer "
            "volunteers. Estimates stand beside the count and never replace it."
        ),
    ),
    (
        "no-ranking",
        N_("Regions are not ranked"),
        N_(
            "Regions differ in size and in how much their offices see, so comparing their "
            "totals says nothing. Lists stand in the order of names; a region is described by "
            "its own shares and its own past."
        ),
    ),
    (
        "hidden",
        N_("Small numbers are hidden"),
        N_(
            "Where fewer than 5 people, or fewer than 10 minors, stand behind a figure it is "
            "hidden, and so are others from which it could be worked out."
        ),
    ),
    (
        "map",
        N_("Two maps"),
        N_(
            "On 8 June 2022 three regions were formed: Abai, Jetisu and Ulytau. Every table can"
            " be read on the map of 20 regions, as reported, and on the older one of 17."
        ),
    ),
    (
        "editions",
        N_("An edition never changes"),
        N_(
            "Two people approve an edition. A correction makes a new edition that says what "
            "changed. The content hash proves that nothing in it was edited."
        ),
    ),
    (
        "recount",
        N_("Everybody may recount"),
        N_(
            "All figures follow from a log of reports that is kept for ever. An edition names "
            "the positions up to which the log was counted; a second program, written apart "
            "from the first, recounts all of it."
        ),
    ),
)


def methods_page(shell: Shell) -> APIRouter:
    """`/methods`."""
    return edition_page(shell, "/methods", "site/methods.html", _view)


async def _view(reader: Reader, visit: Visit) -> View:
    _ = reader.words
    tables = []
    for name, said in TABLE_WORDS.items():
        frame = await reader.frame(AnswerKey(name, reader.edition.period))
        columns = [
            (column, words_of(frame, column))
            for column in dict.fromkeys((*columns_of(frame), *(frame.get("totals") or {})))
        ]
        tables.append(
            {
                "name": name,
                "title": _(said.title),
                "shows": _(said.shows),
                "method": _(said.method),
                "columns": [
                    (f"{name}.{column}", _(one.title), _(one.meaning)) for column, one in columns
                ],
            }
        )
    return {
        "rules": [(f"rule-{name}", _(title), _(text)) for name, title, text in RULES],
        "tables": tables,
    }
