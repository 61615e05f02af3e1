"""Every metric of every service, by name: what is not here does not exist."""

from prometheus_client import Counter, Gauge, Histogram

HTTP_REQUESTS = Counter(
    "birge_http_requests_total",
    "Requests answered, by route template and status.",
    ["method", "route", "status"],
)
HTTP_SECONDS = Histogram(
    "birge_http_request_duration_seconds",
    "Time from a request's first byte to the answer's last.",
    ["route"],
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
)
OUTBOX_RELAYED = Counter(
    "birge_outbox_relayed_total", "Outbox rows published and acknowledged by Kafka."
)
PARTNER_KEYS = Gauge("birge_partner_keys", "Partners' keys known from birge.partners.v1.")

RECORDS_COUNTED = Counter(
    "birge_aggregator_records_total",
    "Records taken from the log, by what became of them: applied, ignored or quarantined.",
    ["outcome"],
)
BATCH_RECORDS = Histogram(
    "birge_aggregator_batch_records",
    "Records in one transaction.",
    buckets=(1, 5, 20, 100, 500, 1000, 2000, 5000),
)
BATCH_SECONDS = Histogram(
    "birge_aggregator_batch_duration_seconds",
    "Time from a batch's arrival to its commit.",
    buckets=(0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 20),
)
TRANSACTION_RETRIES = Counter(
    "birge_aggregator_transaction_retries_total", "Transactions begun again, by reason.", ["reason"]
)
FENCED = Counter(
    "birge_aggregator_fenced_total", "Positions that another worker had already moved."
)
LAG_RECORDS = Gauge(
    "birge_aggregator_lag_records", "Records in the log that are not counted yet.", ["topic"]
)
OLDEST_UNCOUNTED_SECONDS = Gauge(
    "birge_aggregator_oldest_uncounted_seconds",
    "Age of the oldest record this worker holds and has not counted.",
)
FRESHNESS_SECONDS = Histogram(
    "birge_aggregator_freshness_seconds",
    "Time from a record's append to the log to the commit that counted it.",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60),
)
STATISTICS_READS = Counter(
    "birge_aggregator_reads_total",
    "Statistics answers, by table and where they came from.",
    ["table", "source"],
)

EVENTS_RECEIVED = Counter(
    "birge_ingest_events_total",
    "Events at the door, by what became of them: accepted, duplicate or rejected.",
    ["status"],
)
EVENTS_REFUSED = Counter(
    "birge_ingest_refusals_total", "Reasons for which events were rejected, by code.", ["code"]
)
LOG_APPEND_SECONDS = Histogram(
    "birge_ingest_log_append_duration_seconds",
    "Time from handing a request's records to the log to its last acknowledgement.",
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
)
LOG_UNAVAILABLE = Counter(
    "birge_ingest_log_unavailable_total", "Requests that the log did not acknowledge in time."
)
STORE_SKIPPED = Counter(
    "birge_ingest_store_skipped_total",
    "Help of the database that a request did without, because it was away, by operation.",
    ["operation"],
)
