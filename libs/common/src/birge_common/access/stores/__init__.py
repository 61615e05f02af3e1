"""Accounts and sessions in memory and in MongoDB; one suite of tests holds both."""
