"""The bridge from OTLP over HTTP, which services speak, to Zipkin, which keeps and shows traces."""
