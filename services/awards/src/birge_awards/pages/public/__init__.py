"""What everybody sees of an award, without an account: what it is, and who was honoured."""
