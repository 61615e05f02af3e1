"""What differs between deployments of the aggregator."""

from pydantic import BaseModel, ConfigDict, Field
from pydantic_settings import SettingsConfigDict

from birge_common.settings import ServiceSettings


class CountingSettings(BaseModel):
    """How the worker takes the log."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    group_id: str = Field("aggregator", description="Consumer group; names the positions too")
    batch_records_max: int = Field(5_000, ge=1, description="Records in one transaction at most")
    session_timeout_ms: int = Field(
        6_000, description="Silence after which the group gives a worker's partitions away"
    )
    stall_seconds: float = Field(
        60.0,
        description="Exit when records wait this long without progress; then it is restarted",
    )
    transaction_deadline_seconds: float = Field(
        20.0, description="Retry a transaction this long before parking its partitions"
    )
    fence: bool = Field(
        True, description="Move positions by compare-and-set; off only to prove that tests see it"
    )
    ledger: bool = Field(
        True, description="Count each identity once; off only to prove that tests see it"
    )
    keep_ranges: bool = Field(
        False, description="Keep every applied range of offsets, for the fault tests' checker"
    )


class SiteSettings(BaseModel):
    """The public site."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    address: str = Field(
        "http://127.0.0.1:8102", description="Where the public site is, in events, feeds and files"
    )


class AggregatorSettings(ServiceSettings):
    """Settings of all its programs."""

    model_config = SettingsConfigDict(
        env_prefix="BIRGE_", env_nested_delimiter="__", frozen=True, extra="ignore"
    )

    counting: CountingSettings = CountingSettings()
    site: SiteSettings = SiteSettings()

    @property
    def database(self) -> str:
        """The database of this service."""
        return self.mongo.database or "aggregator"
