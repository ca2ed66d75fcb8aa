# SPDX-License-Identifier: Apache-2.0
# `make run` starts the site, `make test` proves it. The rest are their parts.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
DATA ?= data
# Not from the environment: some shells put the machine's own name there.
HOST = 127.0.0.1
ASSETS := src/hipfirst/web/assets
# Node comes from the Python package index; its folder leads the path so that npm finds it.
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm --prefix player
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help run setup dev browser test test-postgres check unit simulate bench bench-postgres bake figure wheel clean

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

run: setup ## Start the site on http://127.0.0.1:8000 (HOST=, PORT=, DATA=) with the starter content
	$(BIN)/hipfirst serve --host $(HOST) --port $(PORT) --data $(DATA)

setup: $(VENV)/.setup $(ASSETS)/manifest.json ## Install into .venv and build the assets

$(VENV)/.setup: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --editable '.[assets,pdf]'
	touch $@

$(VENV)/.dev: $(VENV)/.setup
	$(PIP) --editable '.[dev]'
	touch $@

player/node_modules/.package-lock.json: player/package.json player/package-lock.json | $(VENV)/.setup
	$(NPM) ci --silent
	touch $@

PLAYER_SOURCES := $(shell find player -path player/node_modules -prune -o -type f -print)
$(ASSETS)/manifest.json: player/node_modules/.package-lock.json $(PLAYER_SOURCES) src/hipfirst/packs/bake/figure.bin
	$(NPM) run --silent build
	$(BIN)/python -m whitenoise.compress --quiet $(ASSETS)

dev: setup $(VENV)/.dev ## What tests, gates, bake and benchmarks need

browser: ## Chromium for the browser tests and gettext for the translation test
	@sh tests/browser/install.sh "$(BIN)"

test: dev browser check unit ## Everything: gates, unit, content, web and browser tests

check: dev ## Format, lint, types, import directions, front-end gates
	$(BIN)/ruff format --check src tests tools bench
	$(BIN)/ruff check src tests tools bench
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(NPM) run --silent check

unit: dev
	$(NPM) run --silent test
	$(PYTEST) -n auto --dist loadfile -m "not browser"
	$(call BROWSERS) && $(PYTEST) -m figure

PYTEST := $(BIN)/python -m pytest
# A figure drawn without a graphics card takes every core there is: those tests run one at a time,
# the others two. (Two lines for the shell that PostgreSQL is started around.)
# What failed while another browser ran beside it is tried once more alone, and must pass then.
BROWSERS = { $(PYTEST) $(1) -n 2 --dist loadfile -m "browser and not figure" \
  || $(PYTEST) $(1) --last-failed --last-failed-no-failures none -m "browser and not figure"; }

# What no database can change is tested once, by `make test`: packs, body, planning, outcomes,
# figure, content, how pages look, the player's own tests and the gates. Everything that reaches a
# site runs again, and in a browser every way on which something is written.
ON_POSTGRES := tests/web tests/cli
WRITING := $(patsubst %,tests/browser/test_%.py,journey long_journey member_journey resume offline \
  offline_members check comments sign_in admin privacy)

test-postgres: dev browser ## The tests of site and browser on a PostgreSQL made for them, and removed
	$(BIN)/python tests/postgres.py sh -ec '\
	  $(PYTEST) $(ON_POSTGRES) -n auto --dist loadfile -m "not browser" && $(call BROWSERS,$(WRITING))'

simulate: dev ## A thousand members through eight weeks of Build, and a summary of what happened
	$(PYTEST) -s -q tests/planning/test_build_simulation.py

bench: dev ## Speed, memory, weight and faults, as a table (ONLY=faults: 100,000 events, some minutes)
	PYTHONPATH=tests $(BIN)/python bench/run.py $(if $(ONLY),--only $(ONLY))

bench-postgres: dev ## What a database can change of it, on PostgreSQL (ONLY=..., as above)
	PYTHONPATH=tests $(BIN)/python tests/postgres.py \
	  $(BIN)/python bench/run.py --only $(or $(ONLY),start speed members build faults)

bake: dev ## Solve every stale motion of the starter pack; writes clips and stills
	$(BIN)/hipfirst bake content/starter

figure: dev ## Make the figure's mesh again from the skeleton
	$(BIN)/python tools/figure/make.py

wheel: dev ## The wheel, with assets and content, in dist/
	$(BIN)/python -m build --wheel

clean: ## Remove what was built; keeps data/
	rm -rf $(VENV) player/node_modules $(ASSETS) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
