"""The commands by which an operator keeps the staff and the workers: hired, let in, listed, dismissed."""
