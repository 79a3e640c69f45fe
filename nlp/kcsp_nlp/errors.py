"""What can go wrong, as one family of exceptions.

Every message names the file, what was found, what was expected and the way out, and never
quotes the text of a document: minutes name people.
"""

from __future__ import annotations


class KcspError(Exception):
    """Any failure that a user can act on; the command line shows its message, not a traceback."""


class ReadingError(KcspError):
    """A document cannot be read as minutes."""


class CorpusError(KcspError):
    """A labelled document does not hold what it claims: bad JSON, offsets or labels."""


class ModelError(KcspError):
    """A model is missing, damaged, or was made by another version of the features."""


class RegisterError(KcspError):
    """A register that a user gave does not hold what its form asks for."""
