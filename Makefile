# Two commands matter: `make run` and `make test`. Everything they need is set up by them.
.DEFAULT_GOAL := help
.PHONY: help setup run demo test test-postgres check fix bench docs lock

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
BENCH := .venv-bench
SITE ?= build/demo
DATA ?= evenhand-data
PORT ?= 8000

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

setup: $(STAMP) ## make the environment in .venv

$(STAMP): requirements/dev.txt requirements/tools.txt pyproject.toml
	@tools/ensure-venv $(PYTHON)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/tools.txt
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements/dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

run: setup ## start the register here, with a made-up history where it is empty
	$(BIN)/evenhand run --home $(DATA) --port $(PORT)

demo: setup ## make a synthetic service's monitoring site and serve it here
	$(BIN)/evenhand demo --out $(SITE) --serve --port $(PORT)

test: setup ## every check and every test
	@tools/ensure-browser
	@tools/ensure-office
	$(MAKE) --no-print-directory check
	$(BIN)/python -m pytest -n 2 --dist loadfile --ignore=tests/web
	$(BIN)/python -m pytest -q tests/web
	$(MAKE) --no-print-directory test-postgres
	$(BIN)/python -m pytest -q --doctest-modules --ignore=src/evenhand/web src/evenhand

# What sets pages and reads papers asks nothing more of the database: once, on SQLite, is enough.
SAME_ON_BOTH := test_api_contract.py test_board_papers.py test_paper_life.py test_import_report.py test_error_summary.py

test-postgres: setup ## the tests of the register on a throw-away PostgreSQL
	@if tools/ensure-postgres; then tools/with-postgres $(BIN)/python -m pytest -q tests/web $(SAME_ON_BOTH:%=--ignore=tests/web/%); fi

check: setup ## format, lint, types and room boundaries
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: setup ## put right what can be put right by machine
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(BENCH)/.ready ## speed and memory, beside a named peer in the same run
	$(BENCH)/bin/python -m benchmarks

# The programs we are measured beside stay out of the environment we work in.
$(BENCH)/.ready: requirements/bench.txt pyproject.toml | setup
	$(PYTHON) -m venv $(BENCH)
	$(BIN)/uv pip sync --quiet --python $(BENCH)/bin/python --require-hashes requirements/bench.txt
	$(BIN)/uv pip install --quiet --python $(BENCH)/bin/python --no-deps --no-build-isolation --editable .
	@touch $@

docs: setup ## build the documentation site into build/docs
	$(BIN)/python tools/build_docs.py

lock: setup ## resolve the dependencies afresh into requirements/
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements/tools.in -o requirements/tools.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra dev pyproject.toml requirements/build.in -o requirements/dev.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml requirements/build.in requirements/bench.in -o requirements/bench.txt
