"""Files into text: one module per format."""

from __future__ import annotations

from kcsp_nlp.reading.document import Document
from kcsp_nlp.reading.files import read, read_bytes
from kcsp_nlp.reading.folders import find_documents

__all__ = ["Document", "find_documents", "read", "read_bytes"]
