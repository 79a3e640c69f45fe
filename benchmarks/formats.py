"""How fast each format is read, and in how much memory: run by `benchmarks.run`.

python -m benchmarks.formats SUFFIX FOLDER
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from benchmarks.memory import peak_mb
from kcsp_nlp.reading.formats import find_format
from kcsp_nlp.reading.limits import Limits

# A page of minutes has 400 to 600 words; formats without pages are counted in pages of 500.
_WORDS = 500
_ROUNDS = 5


def main() -> None:
    """Read every file of one format several times and print the figures as one JSON object."""
    suffix, folder = sys.argv[1], Path(sys.argv[2])
    files = [(path, path.read_bytes()) for path in sorted(folder.glob(f"*{suffix}"))]
    forms = [find_format(path.suffix, data, path.name)[0] for path, data in files]
    words = 0
    for (path, data), form in zip(files, forms, strict=True):  # imports, and warms what is cached
        words += sum(len(part.text.split()) for part in form.extract(data, path.name, Limits()))
    start = time.perf_counter()
    for _ in range(_ROUNDS):
        for (path, data), form in zip(files, forms, strict=True):
            form.extract(data, path.name, Limits())
    seconds = (time.perf_counter() - start) / _ROUNDS
    figures = {"pages_per_second": words / _WORDS / seconds, "peak_mb": peak_mb()}
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
