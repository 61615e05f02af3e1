"""Every event type: its data, its topic, who may send it and what its subject must be."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter

from birge_common.contracts import (
    activity,
    awards,
    census,
    finding,
    grant_indicator,
    grants,
    inquiry,
    milestone,
    nomination,
    partner,
    quarantine,
    reference,
    sealed_nomination,
    statistics,
    topics,
)
from birge_common.contracts.base import CloudEvent, Contract
from birge_common.contracts.primitives import PRINTABLE

_SUBJECT_MAX = 512

DataModel = type[Contract]


@dataclass(frozen=True, kw_only=True)
class EventType:
    """One event type; `versioned` ones are replaced by a higher version of the same subject.

    `sealed` is the data as the log holds it, where that is not the data as it is sent.
    """

    type: str
    family: str
    data: DataModel
    topic: str
    producer: str
    versioned: bool
    at_the_door: bool
    subject_of: Callable[[Any], str]
    sealed: DataModel | None = None

    @cached_property
    def on_the_log(self) -> "EventType":
        """The type as readers of the log meet it; the same one unless its data are sealed."""
        return replace(self, data=self.sealed, sealed=None) if self.sealed else self

    @cached_property
    def adapter(self) -> TypeAdapter[CloudEvent[Any]]:
        """Checks and reads a whole event of this type from JSON."""
        return TypeAdapter(CloudEvent[self.data])  # type: ignore[name-defined]


def _joined(*fields: str) -> Callable[[Any], str]:
    def subject_of(data: Any) -> str:
        return "/".join(str(getattr(data, field)) for field in fields)

    return subject_of


def _from_the_door(
    name: str,
    data: DataModel,
    *fields: str,
    family: str,
    topic: str = topics.SUBMISSIONS,
    versioned: bool = True,
    sealed: DataModel | None = None,
) -> EventType:
    return EventType(
        type=f"kz.birge.{name}.v1",
        family=family,
        data=data,
        topic=topic,
        producer="ingest",
        versioned=versioned,
        at_the_door=True,
        subject_of=_joined(*fields),
        sealed=sealed,
    )


def _from_a_service(
    name: str,
    data: DataModel,
    *fields: str,
    topic: str,
    producer: str,
    versioned: bool = False,
) -> EventType:
    return EventType(
        type=f"kz.birge.{name}.v1",
        family=name.split(".")[0],
        data=data,
        topic=topic,
        producer=producer,
        versioned=versioned,
        at_the_door=False,
        subject_of=_joined(*fields),
    )


def _quarantine_subject(data: quarantine.SubmissionQuarantinedV1) -> str:
    """Original source and id; the entry's own id where these make no subject."""
    original = f"{data.source}|{data.event_id}"
    fits = len(original) <= _SUBJECT_MAX and re.fullmatch(PRINTABLE, original)
    return original if data.source and data.event_id and fits else data.quarantine_id


_QUARANTINED = EventType(
    type="kz.birge.submission.quarantined.v1",
    family="submission",
    data=quarantine.SubmissionQuarantinedV1,
    topic=topics.QUARANTINE,
    producer="ingest",
    versioned=False,
    at_the_door=False,
    subject_of=_quarantine_subject,
)

_ALL = (
    _from_the_door(
        "activity.reported", activity.ActivityReportedV1, "report_id", family="activity"
    ),
    _from_the_door(
        "activity.retracted", activity.ActivityRetractedV1, "report_id", family="activity"
    ),
    _from_the_door(
        "census.submitted", census.CensusSubmittedV1, "region", "period", family="census"
    ),
    _from_the_door(
        "inquiry.received",
        inquiry.InquiryReceivedV1,
        "inquiry_id",
        family="inquiry",
        versioned=False,
    ),
    _from_the_door(
        "inquiry.resolved",
        inquiry.InquiryResolvedV1,
        "inquiry_id",
        family="inquiry",
        versioned=False,
    ),
    _from_the_door(
        "milestone.reported",
        milestone.MilestoneReportedV1,
        *("region", "year", "milestone", "n"),
        family="milestone",
    ),
    _from_the_door(
        "reference.published",
        reference.ReferencePublishedV1,
        *("table", "period"),
        family="reference",
    ),
    _from_the_door(
        "finding.explained", finding.FindingExplainedV1, "finding", family="explanation"
    ),
    _from_the_door(
        "grant-indicator.reported",
        grant_indicator.GrantIndicatorReportedV1,
        *("project", "indicator", "period"),
        family="grant-indicator",
        topic=topics.GRANT_INDICATORS,
    ),
    _from_the_door(
        "nomination.submitted",
        nomination.NominationSubmittedV1,
        "nomination_id",
        family="nomination",
        topic=topics.NOMINATIONS,
        sealed=sealed_nomination.SealedNominationV1,
    ),
    _from_the_door(
        "nomination.withdrawn",
        nomination.NominationWithdrawnV1,
        "nomination_id",
        family="nomination",
        topic=topics.NOMINATIONS,
        sealed=sealed_nomination.SealedWithdrawalV1,
    ),
    _from_a_service(
        "statistics.changed",
        statistics.StatisticsChangedV1,
        *("region", "month"),
        topic=topics.STATISTICS,
        producer="aggregator",
    ),
    _from_a_service(
        "publication.issued",
        statistics.PublicationIssuedV1,
        "publication_id",
        topic=topics.STATISTICS,
        producer="aggregator",
    ),
    _from_a_service(
        "grant-project.registered",
        grants.GrantProjectRegisteredV1,
        "project",
        topic=topics.GRANTS,
        producer="grants",
        versioned=True,
    ),
    _from_a_service(
        "grant-amendment.decided",
        grants.GrantAmendmentDecidedV1,
        "project",
        topic=topics.GRANTS,
        producer="grants",
    ),
    _from_a_service(
        "grant-performer.listed",
        grants.GrantPerformerListedV1,
        "performer",
        topic=topics.GRANTS,
        producer="grants",
    ),
    _from_a_service(
        "grant-performer.removed",
        grants.GrantPerformerRemovedV1,
        "performer",
        topic=topics.GRANTS,
        producer="grants",
    ),
    _from_a_service(
        "laureate.confirmed",
        awards.LaureateConfirmedV1,
        *("cycle", "region", "nomination", "nominee"),
        topic=topics.AWARDS,
        producer="awards",
    ),
    _from_a_service(
        "laureate.waived",
        awards.LaureateWaivedV1,
        *("cycle", "region"),
        topic=topics.AWARDS,
        producer="awards",
    ),
    _from_a_service(
        "laureate.announced",
        awards.LaureateAnnouncedV1,
        "laureate_id",
        topic=topics.AWARDS,
        producer="awards",
    ),
    _from_a_service(
        "letter.issued",
        awards.LetterIssuedV1,
        "letter_id",
        topic=topics.AWARDS,
        producer="awards",
    ),
    _from_a_service(
        "practice.published",
        awards.PracticePublishedV1,
        "practice_id",
        topic=topics.AWARDS,
        producer="awards",
    ),
    _from_a_service(
        "checkpoint.signed",
        awards.CheckpointSignedV1,
        *("log", "size"),
        topic=topics.AWARDS,
        producer="awards",
    ),
    _from_a_service(
        "partner.changed",
        partner.PartnerChangedV1,
        "key_id",
        topic=topics.PARTNERS,
        producer="ingest",
    ),
    _QUARANTINED,
)

EVENT_TYPES: Mapping[str, EventType] = MappingProxyType({entry.type: entry for entry in _ALL})

# What a partner's key can be limited to.
FAMILIES = (
    "activity",
    "census",
    "inquiry",
    "milestone",
    "reference",
    "explanation",
    "grant-indicator",
    "nomination",
)
