"""What every service of Birge shares, and nothing that only one of them needs."""
