"""`python -m kcsp_nlp` is `kcsp-nlp`."""

from kcsp_nlp.cli.main import run

if __name__ == "__main__":
    run()
