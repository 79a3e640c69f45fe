"""Files into text: one module or folder per format."""

from __future__ import annotations

from kcsp_nlp.reading.document import Document
from kcsp_nlp.reading.events import Notice
from kcsp_nlp.reading.files import read, read_bytes
from kcsp_nlp.reading.folders import find_documents
from kcsp_nlp.reading.isolation import Reader
from kcsp_nlp.reading.limits import Limits

__all__ = ["Document", "Limits", "Notice", "Reader", "find_documents", "read", "read_bytes"]
