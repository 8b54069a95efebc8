"""What it takes to measure the service as people feel it: processes, people, and loads of them."""
