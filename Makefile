# `make` alone says what there is. Everything sets up what it needs first; see deploy/setup.
SHELL := /bin/bash
PORT ?= 8000
export PORT
MAKEFLAGS += --no-print-directory

.PHONY: help demo test drills bench lint format types imports messages requirements ci clean

help: ## say what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 22

demo: ## load a demonstration and serve the site on 127.0.0.1:8000 (PORT=9000: another port)
	@deploy/demo

test: ## run the tests (TESTS="-k wizard -x": those, in that way)
	@deploy/setup development
	@.venv/bin/pytest -n 2 --dist=worksteal $(TESTS)

drills: ## run the long tests, and look for new counter-examples to the laws
	@deploy/setup development
	@.venv/bin/pytest -n 2 --dist=worksteal -m "drill or hypothesis" --hypothesis-profile=drill

bench: ## measure; prints ratios of figures taken in one run
	@deploy/setup development
	@.venv/bin/python -m bench

lint: ## check the style
	@deploy/setup development
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check

format: ## put the style right
	@deploy/setup development
	@.venv/bin/ruff check --fix
	@.venv/bin/ruff format

types: ## check the types
	@deploy/setup development
	@.venv/bin/mypy

imports: ## check who imports whom
	@deploy/setup development
	@.venv/bin/lint-imports

messages: ## collect the interface words into locale/zh_Hans
	@deploy/setup development
	@deploy/messages

requirements: ## compile requirements/*.in, keeping versions (UPGRADE=--upgrade: the newest)
	@deploy/setup development
	@for name in runtime development; do \
	    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	        --custom-compile-command "make requirements" $(UPGRADE) \
	        requirements/$$name.in --output-file requirements/$$name.txt || exit; \
	done

ci: ## run every check, as before a change is taken in
	@bash .ci/run

clean: ## remove what setup and the checks made; what people entered (var/) stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete 2>/dev/null || true
