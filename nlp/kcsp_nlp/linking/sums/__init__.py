"""What is said of a sum of money beside it."""
