"""Doubles that are product code: typed, documented, usable by every test."""
