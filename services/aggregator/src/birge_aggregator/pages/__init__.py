"""The public site, and the rooms of those who publish."""
