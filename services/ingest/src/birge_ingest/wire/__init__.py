"""From the bytes of a request to the events in it, each readable or refused by itself."""
