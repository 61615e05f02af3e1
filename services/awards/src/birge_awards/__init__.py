"""Awards: nominations, juries, rankings and their proofs."""
