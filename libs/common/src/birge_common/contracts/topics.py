"""Every Kafka topic: its key, partitions, retention, who writes it and who reads it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

SUBMISSIONS = "birge.submissions.v1"
GRANT_INDICATORS = "birge.grant-indicators.v1"
NOMINATIONS = "birge.nominations.v1"
QUARANTINE = "birge.quarantine.v1"
PARTNERS = "birge.partners.v1"
STATISTICS = "birge.statistics.v1"
GRANTS = "birge.grants.v1"
AWARDS = "birge.awards.v1"


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One topic, from which its creation and its documentation are made."""

    name: str
    purpose: str
    producer: str
    consumers: tuple[str, ...]
    partitions: int = 6
    key: str = "source|subject"
    retention: timedelta | None = None
    cleanup_policy: Literal["delete", "compact"] = "delete"
    dead_letter: str = QUARANTINE

    def configuration(self, replication_factor: int) -> dict[str, str]:
        """Broker settings of the topic.

        Times are the broker's, so no sender's clock can make a record expire; one compression
        that every reader has; two in-sync replicas wherever there are three.
        """
        kept = "-1" if self.retention is None else str(int(self.retention.total_seconds() * 1000))
        return {
            "cleanup.policy": self.cleanup_policy,
            "retention.ms": kept,
            "compression.type": "lz4",
            "message.timestamp.type": "LogAppendTime",
            "min.insync.replicas": "2" if replication_factor >= 3 else "1",
        }


TOPICS: tuple[Topic, ...] = (
    Topic(
        name=SUBMISSIONS,
        purpose="What partners report: activity, census, inquiries, milestones, reference data",
        producer="ingest",
        consumers=("aggregator", "grants", "awards"),
        partitions=12,
    ),
    Topic(
        name=GRANT_INDICATORS,
        purpose="Results against grant indicators",
        producer="ingest",
        consumers=("grants", "aggregator"),
    ),
    Topic(
        name=NOMINATIONS,
        purpose="Nominees for the awards, personal fields sealed",
        producer="ingest",
        consumers=("awards",),
    ),
    Topic(
        name=QUARANTINE,
        purpose="What could not be accepted, by the door or by a consumer, with reasons",
        producer="ingest",
        consumers=("ingest",),
        retention=timedelta(days=365),
    ),
    Topic(
        name=PARTNERS,
        purpose="Key ids, keyed hashes and scopes: how every API checks a partner's key",
        producer="ingest",
        consumers=("ingest", "aggregator", "grants", "awards"),
        partitions=1,
        key="key id",
        cleanup_policy="compact",
    ),
    Topic(
        name=STATISTICS,
        purpose="The aggregator counted something new, or issued a publication",
        producer="aggregator",
        consumers=("awards", "grants"),
    ),
    Topic(
        name=GRANTS,
        purpose="Facts of grant projects, amendments and performers",
        producer="grants",
        consumers=("aggregator",),
    ),
    Topic(
        name=AWARDS,
        purpose="Laureates, letters of gratitude and best practices",
        producer="awards",
        consumers=("aggregator",),
    ),
)
