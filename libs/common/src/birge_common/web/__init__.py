"""What every HTTP side of a service has in common."""
