"""What the routes ask for in the same way: windows, regions, and how the documents say it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request

from birge_aggregator.domain.period import Window, window_from
from birge_aggregator.domain.publication.frozen import AnswerKey
from birge_aggregator.domain.tables.answer import Question
from birge_aggregator.domain.territory import COUNTRY
from birge_aggregator.rendering import Form
from birge_aggregator.tables import TABLES
from birge_common.codelists import LAYERS
from birge_common.regions import REGIONS
from birge_common.web.problems import Problem

PARAMETERS = {
    "period": "2022-03, 2022-H1, 2022 or 2022-10~12m (required)",
    "region": "KZ for the country with its regions, or a region",
    "layer": "One layer's rows only",
    "map": "17: newer regions in older ones",
    "basis": "hours or events, in representedness",
    "format": "json, csv or xlsx",
}
"""What a question to a table takes."""


def parameter(name: str, place: str, description: str) -> dict[str, Any]:
    """A parameter that the route reads by hand."""
    return {
        "name": name,
        "in": place,
        "required": place == "path",
        "description": description,
        "schema": {"type": "string"},
    }


def window_from_query(period: str | None) -> Window:
    """The window of `?period=`; raises a problem that shows how one is written."""
    window = window_from(period) if period else None
    if window is None or not 1900 <= window.first_month // 12 <= 2199:
        raise Problem(
            400,
            "period",
            "Give period as a month 2022-03, half-year 2022-H1, year 2022, or twelve months "
            "by their last 2022-10~12m.",
        )
    return window


def region_from(region: str) -> str:
    """The region of `?region=`, or the country."""
    if region != COUNTRY and region not in REGIONS:
        raise Problem(400, "unknown_code", "region is KZ or a code like KZ-71.")
    return region


@dataclass(frozen=True)
class Asked:
    """A question to the statistics, of a partner or of the public."""

    table: str
    window: Window
    question: Question
    map_17: bool
    form: Form

    @property
    def key(self) -> AnswerKey:
        """The same question to an edition."""
        asked = self.question
        return AnswerKey(self.table, self.window.name, asked.region, self.map_17, asked.basis)


def asked_in(request: Request, asked: Mapping[str, str], period: str | None = None) -> Asked:
    """The question of a path and its query; `period` is the one meant where none is named."""
    table: str = request.path_params["table"]
    if table not in TABLES:
        raise Problem(404, "unknown_table", f"Tables here: {', '.join(TABLES)}.")
    map_ = asked.get("map")
    window = window_from_query(asked.get("period", period))
    question = _question(
        asked.get("region", COUNTRY), asked.get("layer"), asked.get("basis", "hours"), map_
    )
    return Asked(table, window, question, map_ == "17", _form(request, asked.get("format")))


def _question(region: str, layer: str | None, basis: str, map_: str | None) -> Question:
    if layer is not None and layer not in LAYERS:
        raise Problem(400, "unknown_code", f"layer is one of {', '.join(LAYERS)}.")
    if basis not in ("hours", "events"):
        raise Problem(400, "unknown_code", "basis is hours or events.")
    if map_ not in (None, "17"):
        raise Problem(400, "unknown_code", "map is 17, or left out for regions as reported.")
    return Question(region_from(region), layer, basis)


def _form(request: Request, format_: str | None) -> Form:
    """What `?format=` names; else the first type that `Accept` names, or JSON."""
    if format_ is not None:
        if format_ not in tuple(Form):
            raise Problem(400, "unknown_code", f"format is one of {', '.join(Form)}.")
        return Form(format_)
    first = request.headers.get("accept", "").split(",", 1)[0].split(";", 1)[0].strip().lower()
    return next((form for form in Form if form.media_type.split(";")[0] == first), Form.JSON)
