"""What is measured beside the product: small programs that count the same records another way."""
