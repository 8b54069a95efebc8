"""One invented working day of the company, held by people who read, tap and type on the real bot."""
