"""What everybody reads: figures of editions that are out, with what they stand on."""
