"""Is this event what its contract says, and may this key send it? Answers as refusals."""
