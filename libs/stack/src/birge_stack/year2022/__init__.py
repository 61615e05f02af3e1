"""The year 2022 as partners would have sent it: seeded, exact where figures were printed."""
