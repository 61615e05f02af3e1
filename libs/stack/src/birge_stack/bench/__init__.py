"""Measures the product beside what a user would write instead, in one run on one machine."""
