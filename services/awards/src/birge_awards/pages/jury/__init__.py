"""The jury's rooms: what members declare, read, score, decide and sign."""
