# Two commands do everything on a machine with Python 3.11 or later and venv: `make run`, `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLES := corpus/samples
OUT := out/samples.jsonl

.PHONY: run test lint types tests bench train evaluate clean

run: $(VENV)/.run ## annotate the sample minutes and say where the records lie
	@mkdir -p $(dir $(OUT))
	@$(BIN)/kcsp-nlp annotate $(SAMPLES) -o $(OUT)

test: lint types tests ## everything that must hold before a change lands

lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.dev
	@$(BIN)/mypy

tests: $(VENV)/.dev
	@$(BIN)/pytest

bench: $(VENV)/.dev ## speed and memory against spaCy's en_core_web_sm, in one run
	@$(BIN)/python -m benchmarks.run

train: $(VENV)/.dev ## the shipped model, from the corpus
	@$(BIN)/kcsp-nlp train --corpus corpus -o models/kcsp

evaluate: $(VENV)/.dev
	@$(BIN)/kcsp-nlp evaluate corpus

# What runs and what develops are pinned apart: `make run` installs no tools.
$(VENV)/.run: requirements/run.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

clean:
	rm -rf $(VENV) out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
