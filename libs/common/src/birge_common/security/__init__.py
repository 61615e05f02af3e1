"""Partners' keys and receipts."""
