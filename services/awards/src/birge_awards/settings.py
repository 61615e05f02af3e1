"""What differs between deployments of awards."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic_settings import SettingsConfigDict

from birge_common.settings import OpeningSettings, ServiceSettings
from birge_common.transparency.note import InvalidNote, Signer, signer_from

_SECRET_CHARACTERS_MIN = 32


class AwardSettings(BaseModel):
    """The log of acts, and the key that persons' keys are wrapped with."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    log_folder: Path = Field(
        Path("/var/lib/birge/audit/awards"), description="Where the worker writes the log of acts"
    )
    log_key: SecretStr = Field(
        SecretStr(""), description="Needed by the worker: `PRIVATE+KEY+…`, signs checkpoints"
    )
    vault_key: SecretStr = Field(
        SecretStr(""), description="Wraps the keys of nominees; without it no name can be read"
    )
    mail_folder: Path = Field(
        Path("/var/lib/birge/mail"), description="Where letters to nominators lie as `.eml` files"
    )
    public_address: str = Field(
        "http://127.0.0.1:8104", description="Where the public pages are, in events and minutes"
    )

    def signer(self) -> Signer:
        """The key of the log; refuses to start without it."""
        try:
            return signer_from(self.log_key.get_secret_value())
        except InvalidNote as error:
            raise SystemExit(f"BIRGE_AWARDS__LOG_KEY: {error}.") from error

    def vault_secret(self) -> str:
        """The wrapping key; refuses to start without it."""
        secret = self.vault_key.get_secret_value()
        if len(secret) < _SECRET_CHARACTERS_MIN:
            raise SystemExit(
                "Set BIRGE_AWARDS__VAULT_KEY to a secret of at least "
                f"{_SECRET_CHARACTERS_MIN} characters."
            )
        return secret


class AwardsSettings(ServiceSettings):
    """Settings of both programs, `api` and `worker`; the only ones that open nominations."""

    model_config = SettingsConfigDict(
        env_prefix="BIRGE_", env_nested_delimiter="__", frozen=True, extra="ignore"
    )

    sealing: OpeningSettings = OpeningSettings()
    awards: AwardSettings = AwardSettings()

    @property
    def database(self) -> str:
        """The database of this service."""
        return self.mongo.database or "awards"
