"""What differs between deployments of awards."""

from pydantic_settings import SettingsConfigDict

from birge_common.settings import OpeningSettings, ServiceSettings


class AwardsSettings(ServiceSettings):
    """Settings of the awards service, the only one that opens nominations."""

    model_config = SettingsConfigDict(
        env_prefix="BIRGE_", env_nested_delimiter="__", frozen=True, extra="ignore"
    )

    sealing: OpeningSettings = OpeningSettings()

    @property
    def database(self) -> str:
        """The database of this service."""
        return self.mongo.database or "awards"
