"""The public door: partners' events are checked here and put on the log."""
