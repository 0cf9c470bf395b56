# Two commands do all on a fresh machine with Python 3.11 or newer: `make edition`, `make test`.
PYTHON ?= python3
VENV ?= .venv
VOICE ?= kokoro
CONSTRAINTS ?= constraints.txt
BIN = $(VENV)/bin
# One worker a core; the tests of one file share fixtures, so they stay together.
PYTEST = $(BIN)/pytest -q -n auto --dist loadfile

DIST ?= dist

.PHONY: edition check test test-long lint bench dist clean

# The edition's date and paper are not printed on the sample page, so they are given here.
edition: $(VENV)/.installed
	$(BIN)/tingbao build examples/front-page.md --date 2026-03-14 --paper 通辽日报 \
		--voice $(VOICE) --output output

# While you work: lint, types, and every test that is not slow.
check: lint
	$(PYTEST) -m "not slow and not browser and not voices and not live and not long"

# All tests, with short loops of kills, refused system calls and mutations.
test: $(VENV)/.installed-dev
	$(PYTEST)

# The same with the full loops, and the benchmarks at their smallest size.
test-long: export TINGBAO_TRUST_KILLS = 200
test-long: export TINGBAO_TRUST_STEP = 1
test-long: export TINGBAO_TRUST_MUTATIONS = 50
test-long: export TINGBAO_TRUST_REQUESTS = 2000
test-long: $(VENV)/.installed-dev
	$(PYTEST) -m "not live"

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks

# Wheel and source archive, the same bytes each time from the same files.
dist: $(VENV)/.installed-dev
	$(BIN)/python -m hatchling build -d $(DIST)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.installed: pyproject.toml $(CONSTRAINTS)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint $(CONSTRAINTS) --editable .
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --constraint $(CONSTRAINTS) --editable '.[dev]'
	touch $@
