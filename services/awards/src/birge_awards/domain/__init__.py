"""What the awards decide, and how: pure, without input or output."""
