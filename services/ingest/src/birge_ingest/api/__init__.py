"""The door's HTTP surface."""
