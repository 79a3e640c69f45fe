# Two commands do everything on a machine with Python 3.11 or later and venv: `make run`, `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLES := corpus/samples
OUT := out/samples.jsonl
RESULTS := models/results
OTHERS := $(filter-out %/cross-validation.json %/development.json,$(sort $(wildcard $(RESULTS)/*.json)))
SHARED := ../shared

.PHONY: run test lint types tests bench train evaluate cross-validate identity development card check-tools clean

run: $(VENV)/.run ## annotate the sample minutes and say where the records lie
	@mkdir -p $(dir $(OUT))
	@$(BIN)/kcsp-nlp annotate $(SAMPLES) -o $(OUT)

test: lint types tests ## everything that must hold before a change lands

lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.dev
	@$(BIN)/mypy

# Whole modules side by side: what a module sets up, it sets up once. Then what must be alone.
tests: $(VENV)/.dev
	@$(BIN)/pytest -m "not alone" -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
	@$(BIN)/pytest -m alone

bench: $(VENV)/.dev ## speed and memory against spaCy's en_core_web_sm, in one run
	@$(BIN)/python -m benchmarks.run

train: $(VENV)/.dev ## the shipped model, from the corpus
	@$(BIN)/kcsp-nlp train --corpus corpus --confidence models/kcsp/confidence.json -o models/kcsp

evaluate: $(VENV)/.dev
	@$(BIN)/kcsp-nlp evaluate corpus

cross-validate: $(VENV)/.dev ## what the way of training is worth on unseen bodies; about an hour, goes on when killed
	@mkdir -p $(RESULTS)
	@$(BIN)/kcsp-nlp evaluate corpus --cross-validate --curve --ablation --workers 2 \
		--title "the corpus" \
		--confidence models/kcsp/confidence.json -o $(RESULTS)/cross-validation.json

identity: $(VENV)/.run ## how well people are told apart, on those labelled by hand
	@$(BIN)/python -m kcsp_nlp.evaluation.identity corpus corpus/identity/people.jsonl

development: $(VENV)/.run ## the shipped model on the development set, which lies outside the project
	@test -f $(SHARED)/score.py || { echo "$(SHARED) is not here: the development set is no part of this project, and" \
		"its figures stay as they are in $(RESULTS)/development.json"; exit 1; }
	@mkdir -p out $(RESULTS)
	@$(BIN)/kcsp-nlp annotate $(SHARED)/minutes --quiet -o out/development.jsonl
	@$(BIN)/python $(SHARED)/score.py out/development.jsonl $(SHARED)/gold $(SHARED)/minutes --json > out/development.json
	@$(BIN)/python -c "import json; held = json.load(open('out/development.json', encoding='utf-8')); \
		held.pop('per_document_f1', None); \
		open('$(RESULTS)/development.json', 'w', encoding='utf-8').write(json.dumps(held, indent=1) + chr(10))"

card: $(VENV)/.dev ## the model card, from the results
	@$(BIN)/kcsp-nlp card $(RESULTS)/cross-validation.json $(OTHERS) \
		$(addprefix --development ,$(wildcard $(RESULTS)/development.json)) -o models/README.md

check-tools: $(VENV)/.dev ## our exports through a real Label Studio and a real doccano, from PyPI; some minutes
	@$(BIN)/python tests/tools/check_label_studio.py
	@$(BIN)/python tests/tools/check_doccano.py

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
