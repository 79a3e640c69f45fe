"""The command `kcsp-nlp`, one file per sub-command."""
