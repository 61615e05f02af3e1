"""Traces, logs and metrics, set up by one call."""
