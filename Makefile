# Two commands do all on a fresh machine with Python 3.11 or newer: `make edition`, `make test`.
PYTHON ?= python3
VENV ?= .venv
VOICE ?= kokoro
CONSTRAINTS ?= constraints.txt
BIN = $(VENV)/bin

.PHONY: edition test lint bench clean

# The edition's date and paper are not printed on the sample page, so they are given here.
edition: $(VENV)/.installed
	$(BIN)/tingbao build examples/front-page.md --date 2026-03-14 --paper 通辽日报 \
		--voice $(VOICE) --output output

test: $(VENV)/.installed-dev
	$(BIN)/pytest

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.installed: pyproject.toml $(CONSTRAINTS)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint $(CONSTRAINTS) --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --constraint $(CONSTRAINTS) --editable '.[dev]'
	touch $@
