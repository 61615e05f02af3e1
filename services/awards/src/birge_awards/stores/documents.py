"""Domain values as documents and back; the only place that knows how they are laid out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter

from birge_awards.domain.acting import Refused
from birge_awards.domain.cycle.cycle import Cycle
from birge_awards.domain.nominees.candidacy import Candidacy
from birge_awards.domain.sitting.sheets import Sheet
from birge_awards.domain.sitting.sitting import COMMISSION, Sitting
from birge_awards.ports import Kept, NumberedAct, Said
from birge_common.transparency.leaf import Act, InvalidLeaf, commitment_to, leaf_of

Document = dict[str, Any]


@dataclass(frozen=True)
class Layout:
    """Where values of a type are kept, and what stands beside them to be searched by."""

    collection: str
    adapter: TypeAdapter[Any]
    id_of: Callable[[Any], str]
    searched_by: Callable[[Any], Document]


LAYOUTS: Mapping[type, Layout] = MappingProxyType(
    {
        Cycle: Layout("cycles", TypeAdapter(Cycle), lambda one: one.id, lambda one: {}),
        Sitting: Layout(
            "sittings",
            TypeAdapter(Sitting),
            lambda one: sitting_id(one.cycle, one.panel),
            lambda one: {"cycle": one.cycle, "region": region_of_panel(one.panel)},
        ),
        Sheet: Layout(
            "sheets",
            TypeAdapter(Sheet),
            lambda one: sheet_id(one.cycle, one.panel, one.nominee, one.juror),
            lambda one: {"sitting": sitting_id(one.cycle, one.panel)},
        ),
        Candidacy: Layout(
            "candidacies",
            TypeAdapter(Candidacy),
            lambda one: one.id,
            lambda one: {"cycle": one.cycle, "region": one.region},
        ),
    }
)


def sitting_id(cycle: str, panel: str) -> str:
    """The id of a panel's sitting."""
    return f"{cycle}|{panel}"


def sheet_id(cycle: str, panel: str, nominee: str, juror: str) -> str:
    """The id of a juror's sheet."""
    return f"{sitting_id(cycle, panel)}|{nominee}|{juror}"


def region_of_panel(panel: str) -> str | None:
    """The region that a panel judges; None for the commission, as in the international track."""
    return None if panel == COMMISSION else panel


def document_from(kept: Kept[Any]) -> Document:
    """The document after a change: its revision is one higher than what was read."""
    layout = LAYOUTS[type(kept.value)]
    return {
        "_id": layout.id_of(kept.value),
        "revision": kept.revision + 1,
        **layout.searched_by(kept.value),
        "value": layout.adapter.dump_python(kept.value, mode="json"),
    }


def kept_from(kind: type, document: Document) -> Kept[Any]:
    """The value that a document holds."""
    return Kept(LAYOUTS[kind].adapter.validate_python(document["value"]), document["revision"])


def act_of(said: Said, *, number: int, at: datetime) -> Document:
    """The document of an act; its commitment covers when it was said, so it is made here.

    Raises Refused for what is no leaf: once kept, it would stand in the log's way for ever.
    """
    try:
        act = Act(at, said.actor, said.act, said.subject, None, said.public)
        if said.private is not None:
            assert said.key is not None, "what is private is committed to under a person's key"
            act = replace(act, commitment=commitment_to(act, said.private, said.key))
        leaf_of(number, act).line()
    except InvalidLeaf as error:
        raise Refused("not_for_the_log", f"The log of acts cannot take this: {error}.") from error
    return {
        "_id": number,
        "at": at.isoformat(),
        "actor": act.actor,
        "act": act.act,
        "subject": act.subject,
        "commitment": act.commitment,
        "public": dict(act.public),
    }


def numbered_act(document: Document) -> NumberedAct:
    """The act that a document holds."""
    return NumberedAct(
        number=document["_id"],
        at=datetime.fromisoformat(document["at"]),
        actor=document["actor"],
        act=document["act"],
        subject=document["subject"],
        commitment=document["commitment"],
        public=document["public"],
    )
