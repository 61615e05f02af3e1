"""The reservations that stand under figures of the report, which no figure travels without."""

from collections.abc import Iterator

from birge_aggregator.domain.publication.frozen import Frame
from birge_aggregator.outputs.report_blocks import Block, items
from birge_aggregator.pages.site.reading import caveats_of, missing_of
from birge_common.web.pages.words import Words


def reservations(words: Words, *frames: Frame) -> Iterator[Block]:
    """Caveats, and why figures are missing; nothing where there are none."""
    notes = [*caveats_of(words, *frames), *missing_of(words, *frames)]
    if notes:
        yield items(
            f"{one.text} ({', '.join(one.regions)})" if one.regions else one.text for one in notes
        )
