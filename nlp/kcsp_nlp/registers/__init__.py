"""What names stand for: registers of legislation, organisations and people."""
