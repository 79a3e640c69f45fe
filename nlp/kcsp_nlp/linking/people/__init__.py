"""Which mentions of one document are one person."""
