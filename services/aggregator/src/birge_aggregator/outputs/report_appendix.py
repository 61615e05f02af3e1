"""What closes the report: methods, earlier recommendations, reference data, and the recount."""

from collections.abc import Iterator

from birge_aggregator.editions import Edition
from birge_aggregator.outputs.report_blocks import Block, facts, heading, paragraph, table
from birge_aggregator.pages.site.economy_page import REFERENCES
from birge_aggregator.pages.site.methods_page import RULES
from birge_aggregator.pages.site.periods import period_name
from birge_common.web.pages.catalogues import N_
from birge_common.web.pages.words import Words

STATES = {
    "done": N_("done"),
    "partly": N_("partly done"),
    "not_done": N_("not done"),
    "unknown": N_("not known"),
}
OTHER_REFERENCES = {
    "estimate": N_("Estimate of all volunteers"),
    "population": N_("Population"),
    "printed_total": N_("Totals printed in a report"),
    "support_thresholds": N_("Thresholds of support mentioned"),
}


def methods(words: Words) -> Iterator[Block]:
    """The rules that hold for all figures; those of a table stand below it."""
    _ = words
    yield heading(_("Methods"))
    for _name, title, text in RULES:
        yield heading(_(title), 2)
        yield paragraph(_(text))


def recommendations(words: Words, edition: Edition) -> Iterator[Block]:
    """What earlier reports recommended, with what became of it."""
    _ = words
    if edition.recommendations:
        yield heading(_("What earlier reports recommended"))
        yield table(
            [_("Recommendation"), _("Report"), _("State"), _("What became of it")],
            [False, True, True, False],
            [
                [
                    _.title(one.text),
                    period_name(_, one.since),
                    _(STATES[one.state]),
                    "–" if one.note is None else _.title(one.note),
                ]
                for one in edition.recommendations
            ],
        )


def sources(words: Words, edition: Edition) -> Iterator[Block]:
    """Reference data, by whom they were published and where they can be read."""
    _, names = words, {**REFERENCES, **OTHER_REFERENCES}
    yield heading(_("Reference data and their sources"))
    yield table(
        [_("Table"), _("Period"), _("Publisher"), _("Address")],
        [False, True, False, False],
        [
            [
                _(name) if (name := names.get(one["table"])) else one["table"],
                period_name(_, one["period"]),
                one["publisher"],
                one.get("url") or one["source"],
            ]
            for one in edition.references
        ],
    )


def recount(words: Words, edition: Edition) -> Iterator[Block]:
    """The places in the log up to which it was counted, and the hash of the content."""
    _ = words
    yield heading(_("How to count it again"))
    yield paragraph(
        _(
            "The figures are of the records of the log before these places. Who holds the log "
            "counts them again with “birge verify”; who holds edition.json computes its hash."
        )
    )
    yield facts(
        (topic, ", ".join(f"{number}: {offset}" for number, offset in sorted(offsets.items())))
        for topic, offsets in sorted(edition.positions.items())
    )
    yield facts([(_("Content hash (SHA-256)"), edition.content_hash)])
