"""Proof by killing that nothing is lost: the real program under load, killed at random moments.

`menling serve` runs as a process of its own, on SQLite one and on PostgreSQL two over one database. Many
people talk to it at once, on Telegram by webhook and in the web chat, and want the same windows. The
processes are killed with SIGKILL again and again, also while they start. What was acknowledged must then
be in the database exactly once, with everything that follows from it; `invariants` says what that is.

The platform's stand-in and the people live in the test's own process and reach the program over sockets
only. Nobody looks into the database while an episode runs: after a kill the program finds it as the kill
left it.
"""
