"""Which law a mention stands for, and which provision of it."""
