# From a fresh clone, `make briefings` and `make test` each do all it takes. Everything goes into .venv and outputs/;
# the paths are relative because make cannot name targets with spaces, and the project's folder may have some.
# For Windows, and for conda, see README.md.

RUN := .venv/bin
INSTALL := $(RUN)/python -m pip install --quiet --no-input --disable-pip-version-check
FITS := import sys, venv, ensurepip; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)))

# The stamp holds the folder the environment was made in: an environment does not survive its folder's move or copy.
MOVED := $(shell [ "$$(cat .venv/.locked 2>/dev/null)" = "$$(pwd -P)" ] || echo .FORCE)

# What the tools keep for themselves stays in the project, and a Chinese path or file is read as UTF-8 in any locale.
export IPYTHONDIR := $(CURDIR)/.venv/cache/ipython
export JUPYTER_RUNTIME_DIR := $(CURDIR)/.venv/cache/jupyter
export MPLCONFIGDIR := $(CURDIR)/.venv/cache/matplotlib
export PYTHONUTF8 := 1

.PHONY: help setup briefings test lab bench check lock clean named-python .FORCE
.DEFAULT_GOAL := help

help:
	@echo "make briefings   everything: the notebooks of all parks, as HTML and PDF, under outputs/"
	@echo "make test        the checks and tests"
	@echo "make lab         JupyterLab on the notebooks"
	@echo "make check       is all of data/ in order?"
	@echo "make bench       how long each stage takes"
	@echo "make setup       only the environment (.venv); PYTHON=... names the Python to make it with (3.11 or 3.12)"
	@echo "make lock        requirements.lock and constraints.txt from pyproject.toml; ARGS=--upgrade takes the newest versions"
	@echo "make clean       removes the environment and the tools' caches, not outputs/"
	@echo "ARGS=... goes on to the command, as in: make briefings ARGS='--jobs 4'"

setup: .venv/.ready

briefings: setup
	$(RUN)/parkbook run --all $(ARGS)

# pytest comes last: its closing line closes the output. It runs import-linter too (tests/test_architecture.py).
test: setup
	$(RUN)/python -m ruff check .
	$(RUN)/python -m ruff format --check .
	$(RUN)/python -m mypy
	$(RUN)/python -m pytest -n auto --maxprocesses 4 $(ARGS)

lab: setup
	$(RUN)/python -m jupyterlab --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/notebooks $(ARGS)

bench: setup
	$(RUN)/python build/bench.py $(ARGS)

check: setup
	$(RUN)/parkbook check $(ARGS)

lock: setup
	$(RUN)/python build/lock.py $(ARGS)

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis lib/parkbook.egg-info build/lib
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A python that is found may still not run (a shim without a version behind it), so each is tried.
.venv/.locked: requirements.lock $(MOVED) | named-python
	@set -e; \
	for python in "$(PYTHON)" python3.12 python3.11 python3 python; do \
	  if [ -n "$$python" ] && "$$python" -c '$(FITS)' >/dev/null 2>&1; then break; fi; \
	  python=; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "Parkbook needs Python 3.11 or 3.12 with venv and ensurepip; neither python3.12, python3.11 nor python3 is one." >&2; \
	  echo "python3 here: $$(python3 --version 2>&1 || true). If there is one elsewhere: make setup PYTHON=/path/to/python3.12" >&2; \
	  exit 1; \
	fi; \
	echo "Making .venv with $$("$$python" --version) and installing requirements.lock: this takes some minutes, once."; \
	"$$python" -m venv $(if $(MOVED),--clear) .venv
	@$(INSTALL) --require-hashes -r requirements.lock
	@pwd -P > $@

.venv/.ready: .venv/.locked pyproject.toml
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@$(RUN)/python build/editable.py
	@touch $@

# A Python that is named must fit, also when there is an environment already.
named-python:
	@if [ -n "$(PYTHON)" ]; then \
	  "$(PYTHON)" -c '$(FITS)' 2>/dev/null || { \
	    echo "Parkbook needs Python 3.11 or 3.12 with venv and ensurepip; PYTHON=$(PYTHON) is: $$("$(PYTHON)" --version 2>&1)" >&2; exit 1; }; \
	  minor=$$("$(PYTHON)" -c 'import sys; print(*sys.version_info[:2], sep=".")'); \
	  if [ -e $(RUN)/python ] && [ ! -e "$(RUN)/python$$minor" ]; then \
	    echo ".venv was made with another Python than $$minor: run 'make clean' first." >&2; exit 1; \
	  fi; \
	fi
