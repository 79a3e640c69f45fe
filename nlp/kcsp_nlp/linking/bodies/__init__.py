"""Which mentions are one body, and which body of the register that is."""
