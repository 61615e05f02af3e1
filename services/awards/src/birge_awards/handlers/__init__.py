"""What happens on each command and event: load, decide by the rules, keep."""
