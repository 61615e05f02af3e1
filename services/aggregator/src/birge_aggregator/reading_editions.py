"""How an edition answers the questions of the statistics API: what it froze, and nothing else."""

from fastapi import Request, Response

from birge_aggregator.asking import Asked
from birge_aggregator.domain.publication.frozen import Frame
from birge_aggregator.editions import Edition, Editions
from birge_aggregator.rendering import rendered
from birge_aggregator.responding import response_of
from birge_common.web.problems import Problem

CACHE = "public, max-age=60"


async def newest_with(editions: Editions, window: str) -> Edition | None:
    """The edition last issued that answers for the window, and that nothing has replaced."""
    issued = await editions.issued()
    return next(
        (one for one in issued if one.superseded_by is None and window in one.windows), None
    )


async def frozen_answer(
    request: Request, editions: Editions, edition: Edition, asked: Asked
) -> Response:
    """The frozen answer in the asked form. Raises Problem where the edition does not hold it."""
    frame = await editions.answer(edition.id, asked.key)
    if frame is None:
        windows = ", ".join(edition.windows)
        detail = f"{edition.id} answers for {windows}, and for the regions of its time."
        raise Problem(404, "not_published", detail)
    if asked.question.layer is not None:
        frame = _of_layer(frame, asked.question.layer)
    as_of = {
        "positions": edition.positions,
        "counted_at": edition.counted_at,
        "edition": edition.id,
    }
    return response_of(request, rendered(frame, as_of, asked.form), cache=CACHE)


def _of_layer(frame: Frame, layer: str) -> Frame:
    """One layer's rows of a table whose rows say theirs; of others editions hold all together."""
    if "layer" not in frame["columns"]:
        detail = "Editions hold this table over all layers together: leave layer out."
        raise Problem(400, "not_published", detail)
    return {**frame, "rows": [row for row in frame["rows"] if row["layer"] == layer]}
