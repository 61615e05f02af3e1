"""The rooms of those who publish: drafts, their checklist, and who takes the next step."""
