# make serve   runs the service on http://127.0.0.1:8000
# make test    checks and tests everything
# Both do their own set-up on a fresh machine that has Python 3.11 or newer.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: serve test lint quality coverage bench soak scale lock clean
.DEFAULT_GOAL := serve

serve: $(VENV)/serve.stamp
	@$(BIN)/dictsvc serve --demo

test: lint
	@$(BIN)/pytest

lint: $(VENV)/dev.stamp
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m tests.dictionaries.lint

quality: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.quality

coverage: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.dictionaries.coverage

bench: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.bench

soak: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.soak

scale: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.scale

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "dictsvc needs Python 3.11 or newer; name one with: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
	  || { echo "Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/serve.stamp: $(BIN)/python pyproject.toml requirements.txt
	@echo "Installing dictsvc into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.txt
	@$(BIN)/python -m pip install --quiet --no-deps --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/serve.stamp requirements-dev.txt
	@echo "Installing what the tests need into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.txt
	@touch $@

# Writes the lock files anew from pyproject.toml.
lock: $(VENV)/dev.stamp
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra formats --extra redis \
	  --output-file requirements.txt pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra formats --extra redis \
	  --group dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

clean:
	@rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
