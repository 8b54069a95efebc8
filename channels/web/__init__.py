"""The web chat: a page of our own, its API and its socket, as one channel among the others."""
