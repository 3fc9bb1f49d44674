# One venv, built from pinned and hash-checked requirements; nothing else is needed but Python 3.11 or newer.
# It is filled in two steps: what the bot needs, and for whoever works on it the tools, three times as large.
PYTHON ?= python3
VENV := .venv
# Tests start Rainmaker some hundred times as a process of its own; without kept bytecode each would compile it anew.
export PYTHONDONTWRITEBYTECODE :=
BIN := $(VENV)/bin
APP := $(VENV)/.app
TOOLS := $(VENV)/.tools
FIGURES := build/bench
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check

CRM ?=
AT ?=
PORT ?= 8765
DEMO_FLAGS := --port $(PORT) $(if $(CRM),--crm $(CRM)) $(if $(AT),--at $(AT)) $(if $(NO_BROWSER),--no-browser)

.PHONY: install demo run test test-fast check format bench soak attack e2e pictures pins manifest clean

install: $(APP)  ## What `make demo` and `make run` need

$(APP): requirements/app.txt requirements/app.in requirements/build.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Rainmaker needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the pinned packages into $(VENV) …"
	@$(PIP) --require-hashes -r requirements/app.txt -r requirements/build.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $(APP)

$(TOOLS): $(APP) requirements/dev.txt
	@echo "Installing the tools for tests and checks …"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $(TOOLS)

demo: install  ## The bot in a Slack workspace in a box, on http://localhost:8765
	@$(BIN)/rainmaker playground $(DEMO_FLAGS)

run: install  ## The bot, in your Slack
	@$(BIN)/rainmaker run

test: $(TOOLS)  ## All tests
	@$(BIN)/python -m pytest -n 4 --dist worksteal

test-fast: $(TOOLS)  ## On SQLite, without what starts processes or fills a database
	@$(BIN)/python -m pytest -n 3 --dist worksteal --engine sqlite -m "not processes and not large"

check: $(TOOLS)  ## Format, lint, types, contracts, manifest
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy & types=$$!; $(BIN)/lint-imports; contracts=$$?; wait $$types && exit $$contracts
	@$(BIN)/rainmaker manifest --check manifest.yml

format: $(TOOLS)
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(TOOLS)  ## Measurements, each beside its floor, gathered in one table; QUICK=1 only tries them
	@rm -rf $(FIGURES) && mkdir -p $(FIGURES)
	@for file in $(filter-out bench/table.py,$(wildcard bench/*.py)); do echo "== $$file"; \
	  $(BIN)/python $$file --json $(FIGURES)/$$(basename $$file .py).json $(if $(QUICK),--quick) || exit 1; done
	@$(BIN)/python bench/table.py $(FIGURES)

soak: $(TOOLS)  ## The complete crash matrix, then fifteen minutes of chaos; SECONDS=, SEED=, ENGINE=, REPLICAS=
	@$(BIN)/python -m tests.chaos --matrix $(if $(ENGINE),--engine $(ENGINE))
	@$(BIN)/python -m tests.chaos --seconds $(or $(SECONDS),900) --seed $(or $(SEED),1) --replicas $(or $(REPLICAS),3) $(if $(ENGINE),--engine $(ENGINE))

attack: $(TOOLS)  ## Attacks and faults on the loopback interface, and a table of what came of each; QUICK=1 for less
	@$(BIN)/python -m tests.attack $(if $(QUICK),--quick)

e2e: $(TOOLS)  ## The playground's page in a headless Chromium
	@$(BIN)/python -m pytest tests/e2e

pictures: $(TOOLS)  ## The README's and the docs' pictures, anew, by walking through the playground
	@$(BIN)/python -m tests.e2e.pictures

manifest: install  ## manifest.yml and the command lists of README.md and docs/commands.md, from the command table
	@$(BIN)/rainmaker manifest > manifest.yml
	@$(BIN)/python -m bot.readme

pins:  ## Compile the pins anew; the files carry hashes and no addresses
	@for name in app build dev; do \
	  uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-emit-find-links --custom-compile-command "make pins" requirements/$$name.in -o requirements/$$name.txt; \
	done

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
