"""The demo publishes the year: what keeps it back, who lets it out, and where it is read."""
