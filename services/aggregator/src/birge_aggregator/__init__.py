"""Counts what was reported, exactly once, and answers the tables of the year's report."""
