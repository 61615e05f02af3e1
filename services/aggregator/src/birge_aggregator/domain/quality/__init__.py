"""What does not fit: statements held against themselves, each other, and our own figures."""
