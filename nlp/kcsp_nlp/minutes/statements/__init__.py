"""What the minutes state as settled: decisions, and actions with their owners."""
