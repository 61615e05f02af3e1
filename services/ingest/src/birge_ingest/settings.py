"""What differs between deployments of ingest."""

from pydantic import BaseModel, ConfigDict, Field
from pydantic_settings import SettingsConfigDict

from birge_common.settings import SealingSettings, ServiceSettings


class DoorSettings(BaseModel):
    """How long the door waits for those behind and before it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    acknowledge_timeout_seconds: float = Field(
        6.0, gt=0, description="Wait this long for Kafka's acknowledgement, then answer 503"
    )
    store_timeout_seconds: float = Field(
        1.0, gt=0, description="Wait this long for MongoDB once, then do without until it is back"
    )
    read_timeout_seconds: float = Field(
        10.0, gt=0, description="A request's body must have arrived within this time"
    )


class IngestSettings(ServiceSettings):
    """Settings of the door and of the partner commands."""

    model_config = SettingsConfigDict(
        env_prefix="BIRGE_", env_nested_delimiter="__", frozen=True, extra="ignore"
    )

    door: DoorSettings = DoorSettings()
    sealing: SealingSettings = SealingSettings()

    @property
    def database(self) -> str:
        """The database of this service."""
        return self.mongo.database or "ingest"
