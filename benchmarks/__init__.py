"""What `make bench` runs: speed and memory, measured against a yardstick in the same run."""
