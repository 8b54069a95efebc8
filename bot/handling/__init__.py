"""Working on complaints by chat: how staff see one, how customers are written to, and what is typed."""
