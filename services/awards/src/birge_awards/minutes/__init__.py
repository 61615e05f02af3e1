"""The minutes of a jury's sitting: one record that members sign, printed in three languages."""
