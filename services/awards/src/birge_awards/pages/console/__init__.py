"""Where managers run an award: what is next, what it will do, and what became of it."""
