"""Pages of the web into text."""
