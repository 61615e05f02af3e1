"""Publications: figures frozen as of a moment, approved by two people, and never edited."""
