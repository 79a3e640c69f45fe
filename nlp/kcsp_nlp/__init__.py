"""Minutes of public bodies into linked data."""
