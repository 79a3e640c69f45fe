"""Facts of the meeting: which body, when and where."""
