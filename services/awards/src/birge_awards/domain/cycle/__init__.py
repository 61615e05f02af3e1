"""A year's cycle of awards: its policy, its stages, and what each of them waits for."""
