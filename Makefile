# make demo and make test need Python 3.11 or newer (with its venv module), git and make, nothing else.
# PYTHON=/path/to/python3 chooses another one.

PYTHON ?=
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help demo test lint bench bench-reading train-status fuzz test-crash lock docs pictures playground test-playground clean

help:
	@sed -n 's/^## //p' Makefile

## make demo            see the whole cycle in the terminal
demo: $(READY)
	@$(BIN)/assurebot demo

## make test            run every test
test: $(READY)
	@$(BIN)/python -m pytest -q

## make lint            style, types, and which room may import which
lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

## make bench           how fast it is, as a table
bench: $(READY)
	@$(BIN)/python -m tests.bench

## make bench-reading   how well it reads, as a table
bench-reading: $(READY)
	@$(BIN)/python -m tests.bench.bench_reading

## make train-status    fit the weights of the status reader to the invented updates anew (a minute)
train-status: $(READY)
	@$(BIN)/python -m tests.bench.fit_status

## make fuzz            ten minutes of arbitrary text, at the reading and at every command
fuzz: $(READY)
	@$(BIN)/python -m tests.bench.fuzz_reading 300
	@ASSUREBOT_TEST_EXAMPLES=15000 $(BIN)/python -m pytest -q tests/bot/test_arbitrary.py

## make test-crash      the long version of the tests that kill processes
test-crash: $(READY)
	@ASSUREBOT_TEST_CRASH=long $(BIN)/python -m pytest -q -m crash

## make docs            write the page of commands anew from the program's tables
docs: $(READY)
	@$(BIN)/python -m bot.cli.reference > docs/commands.md

## make pictures        draw the messages for the README (needs Node and a browser)
pictures: $(READY)
	@docs/pictures/make

## make playground      the bot in a Teams look-alike on this machine (needs Node)
playground: $(READY)
	@tests/playground/start

## make test-playground drive that look-alike in a browser (needs Node and a browser)
test-playground: $(READY)
	@tests/playground/test

## make lock            choose the versions of all dependencies anew (needs uv)
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	--no-emit-index-url --no-emit-find-links pyproject.toml
lock:
	@command -v uv >/dev/null || { echo "Install uv first: https://docs.astral.sh/uv/" >&2; exit 1; }
	@$(COMPILE) --output-file requirements.lock
	@$(COMPILE) --all-extras --output-file requirements-dev.lock

## make clean           take away what make made
clean:
	@rm -rf $(VENV) build dist *.egg-info demo-output

$(READY): requirements-dev.lock pyproject.toml
	@.ci/venv "$(VENV)" "$(PYTHON)"
	@touch $(READY)
