"""What stands on each kind of page: one module per kind, each with a function `pages`."""
