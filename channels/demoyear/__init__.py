"""A year of an invented company on a false clock: who was told what, when and why, and if it was decent."""
