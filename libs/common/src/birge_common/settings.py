"""Settings blocks that every service reads the same way, once, in its `__main__`."""

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from birge_common.security.sealing import OpeningKeys, SealingKey


class _Block(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class KafkaSettings(_Block):
    """Where the log is."""

    bootstrap_servers: str = Field("kafka:9092", description="Kafka brokers, host:port,host:port")
    replication_factor: int = Field(1, ge=1, description="Replicas of the topics we create")


class MongoSettings(_Block):
    """Where a service keeps what it owns."""

    uri: str = Field(
        "mongodb://mongo:27017/?replicaSet=rs0", description="MongoDB replica set address"
    )
    database: str = Field("", description="Database of this service; empty means its own name")


class HttpSettings(_Block):
    """Where a program listens."""

    host: str = Field("127.0.0.1", description="Address to listen on")
    port: int = Field(8000, ge=1, le=65535, description="Port to listen on")
    allowed_hosts: tuple[str, ...] = Field(
        ("127.0.0.1", "localhost"), description="Host names that requests may name; * for any"
    )


class TelemetrySettings(_Block):
    """Where traces go, and how many of them."""

    otlp_endpoint: str | None = Field(
        None, description="OTLP/HTTP base address; none means that no trace is exported"
    )
    sample_ratio: float = Field(
        1.0, ge=0, le=1, description="Share of new traces kept; a sampled traceparent always is"
    )


class SecuritySettings(_Block):
    """Secrets that services share. They come from the environment or a secret store."""

    environment: str = Field(
        "dev", pattern=r"^[a-z0-9-]{1,16}$", description="Name inside partners' keys: dev, prod …"
    )
    key_pepper: SecretStr = Field(
        SecretStr(""), description="Secret that the digests of partners' keys are made with"
    )
    receipt_key: SecretStr = Field(
        SecretStr(""), description="Secret that receipts are signed with"
    )

    def require(self) -> None:
        """Refuse to start without secrets, with the names of what is missing."""
        missing = [
            f"BIRGE_SECURITY__{name.upper()}"
            for name in ("key_pepper", "receipt_key")
            if len(getattr(self, name).get_secret_value()) < 32
        ]
        if missing:
            raise SystemExit(f"Set {' and '.join(missing)} to a secret of at least 32 characters.")


class SealingSettings(_Block):
    """The public half that ingest seals nominations to."""

    public_key: str = Field(
        "", description="Needed by the door: `id:base64`, what nominations are sealed to"
    )

    def key(self) -> SealingKey:
        """The key; refuses to start without one, and says how to make it."""
        try:
            return SealingKey.parse(self.public_key)
        except ValueError as error:
            raise SystemExit(
                f"Set BIRGE_SEALING__PUBLIC_KEY: {error}. "
                "`python -m birge_common.security.new_sealing_keys <cycle>` makes one."
            ) from None


class OpeningSettings(_Block):
    """The private halves; the awards service alone has them, as its block `sealing`."""

    private_keys: SecretStr = Field(
        SecretStr(""),
        description="What opens nominations: `id:base64`, a comma between the running cycles' keys",
    )

    def keys(self) -> OpeningKeys:
        """The keys; refuses to start without any, and never repeats one."""
        try:
            return OpeningKeys.parse(self.private_keys.get_secret_value())
        except ValueError as error:
            raise SystemExit(f"Set BIRGE_SEALING__PRIVATE_KEYS: {error}.") from None


class ServiceSettings(BaseSettings):
    """The blocks of every service; a service adds its own fields beside them."""

    model_config = SettingsConfigDict(
        env_prefix="BIRGE_", env_nested_delimiter="__", frozen=True, extra="ignore"
    )

    kafka: KafkaSettings = KafkaSettings()
    mongo: MongoSettings = MongoSettings()
    http: HttpSettings = HttpSettings()
    telemetry: TelemetrySettings = TelemetrySettings()
    security: SecuritySettings = SecuritySettings()
