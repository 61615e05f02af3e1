"""The birge command: an embedded Kafka, MongoDB and trace store, and the services on them."""
