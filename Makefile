# One venv, built from pinned and hash-checked requirements; nothing else is needed but Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv
# Tests start Rainmaker some hundred times as a process of its own; without kept bytecode each would compile it anew.
export PYTHONDONTWRITEBYTECODE :=
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

CRM ?=
AT ?=
PORT ?= 8765
DEMO_FLAGS := --port $(PORT) $(if $(CRM),--crm $(CRM)) $(if $(AT),--at $(AT)) $(if $(NO_BROWSER),--no-browser)

.PHONY: install demo run test check format bench soak e2e pins manifest clean

install: $(STAMP)

$(STAMP): requirements/dev.txt requirements/app.in pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Rainmaker needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the pinned packages into $(VENV) …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

demo: install  ## The bot in a Slack workspace in a box, on http://localhost:8765
	@$(BIN)/rainmaker playground $(DEMO_FLAGS)

run: install  ## The bot, in your Slack
	@$(BIN)/rainmaker run

test: install  ## All tests
	@$(BIN)/python -m pytest -n 3 --dist worksteal

check: install  ## Format, lint, types, contracts, manifest
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/rainmaker manifest --check manifest.yml

format: install
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: install  ## Measurements, each beside its floor
	@for file in bench/*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

soak: install  ## The complete crash matrix, then fifteen minutes of chaos; SECONDS=, SEED=, ENGINE=, REPLICAS=
	@$(BIN)/python -m tests.chaos --matrix $(if $(ENGINE),--engine $(ENGINE))
	@$(BIN)/python -m tests.chaos --seconds $(or $(SECONDS),900) --seed $(or $(SEED),1) --replicas $(or $(REPLICAS),3) $(if $(ENGINE),--engine $(ENGINE))

e2e: install  ## The playground's page in a headless Chromium
	@$(BIN)/python -m pytest tests/e2e

manifest: install  ## manifest.yml and the README's command list, from the command table
	@$(BIN)/rainmaker manifest > manifest.yml
	@$(BIN)/python -m bot.readme

pins: install  ## Compile the pins anew; the files carry hashes and no addresses
	@for name in app dev; do \
	  uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-emit-find-links --custom-compile-command "make pins" requirements/$$name.in -o requirements/$$name.txt; \
	done

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
