# The same commands that .ci/run calls. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUTPUT := _build
# Notebooks are proved on kernels forked from one that has imported what they import.
WARM := JUPYTER_DEFAULT_PROVISIONER_NAME=fremskudt-warm
COMPILE = $(BIN)/pip-compile -q --strip-extras --no-header --no-annotate --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

.DEFAULT_GOAL := help
.PHONY: help site test check bench generated pins clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "%-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: $(VENV)/.site ## Check the data, run every chapter, compile the book to _build/html, PDF files too
	@$(BIN)/fremskudt site --pdf

test: $(VENV)/.dev ## Run all tests, notebooks and browser included
	@$(BIN)/python -m tests.browser
	@$(BIN)/python -m tests.speller
	@$(BIN)/fremskudt site
	$(BIN)/python -m pytest -n 2 --dist loadfile --durations=25 tests
	$(WARM) $(BIN)/python -m pytest --nbval --nbval-cell-timeout=300 --nbval-kernel-startup-timeout=120 -p no:cacheprovider -n 2 --dist loadfile $(OUTPUT)/chapters
	$(WARM) $(BIN)/python -m pytest --nbval-lax --nbval-cell-timeout=300 --nbval-kernel-startup-timeout=120 -p no:cacheprovider -n 2 --dist loadfile notebooks

check: $(VENV)/.dev ## Lint, format and type-check the package
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.dev ## Time builds beside a plain rival, large books and deliveries, and the course
	@$(BIN)/python -m tests.bench

generated: $(VENV)/.dev ## Write every generated file again: data, contents, contract page, tokens
	$(BIN)/python -m fremskudt.demonstration
	$(BIN)/python -m fremskudt.publishing.contents
	$(BIN)/python -m fremskudt.publishing.dictionary
	$(BIN)/python -m fremskudt.presentation.theme

pins: $(VENV)/.dev ## Compile the requirements from pyproject.toml again
	$(COMPILE) -o requirements.txt pyproject.toml
	$(COMPILE) --extra teach -c requirements.txt -o requirements-teach.txt pyproject.toml
	$(COMPILE) --extra cluster -c requirements.txt -o requirements-cluster.txt pyproject.toml
	$(COMPILE) --extra teach --extra cluster --extra dev -c requirements-teach.txt -c requirements-cluster.txt -o requirements-dev.txt pyproject.toml

clean: ## Remove what was built; the virtual environment stays
	rm -rf $(OUTPUT)

$(VENV)/bin/python:
	@began=$$(date +%s); $(PYTHON) -m venv $(VENV) && echo "Virtual environment: $$(( $$(date +%s) - began )) s"

$(VENV)/.site: requirements.txt pyproject.toml | $(VENV)/bin/python
	@began=$$(date +%s); $(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt && $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e . && touch $@ && echo "Packages: $$(( $$(date +%s) - began )) s"

$(VENV)/.dev: requirements-dev.txt $(VENV)/.site
	@began=$$(date +%s); $(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt && touch $@ && echo "Test packages: $$(( $$(date +%s) - began )) s"
