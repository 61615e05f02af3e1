"""`birge audit`: the tamper-evident logs against what was signed, with no code of their writers."""
