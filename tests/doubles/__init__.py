"""Stand-ins for what is outside this machine; each is a real server on 127.0.0.1."""
