# `make run` and `make test` are all that one needs to know; `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-print-directory --no-builtin-rules

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 12

run: .make/runtime catalogues  ## the demo portal at http://localhost:8000 (PORT=… for another port)
	@.ci/serve

test: .make/dev .make/node chromium catalogues  ## all quick checks and tests, Chromium journeys included
	@.ci/check quick

test-all: .make/dev .make/node chromium debian catalogues  ## the same and what is slow
	@.ci/check all

lint: .make/dev .make/node  ## ruff, mypy, import contracts, djlint, tsc, biome
	@.ci/lint

journey: .make/dev .make/node chromium catalogues  ## the whole story, a working week, the story of the keys and five written cases in Chromium; pictures in journey/; searches the server for what was typed
	@.venv/bin/python -m pytest -p no:randomly -v tests/browser/test_journey.py tests/browser/test_week.py tests/browser/test_key_journey.py tests/browser/test_cases.py

bench: .make/dev .make/node chromium catalogues  ## speed and memory as ratios; writes the tables of docs/performance.md
	@.venv/bin/python -m tests.bench

bench-large: .make/dev .make/node chromium catalogues  ## the same with a million referrals and a hundred thousand reports
	@.venv/bin/python -m tests.bench large

wapiti: .make/dev .make/node catalogues  ## a scanner for weaknesses on a portal of its own; by hand, a quarter of an hour
	@.ci/wapiti

audit: .make/dev .make/node  ## whether anything is known against what the lock files pin; by hand, needs the network
	@.ci/audit

lock: .make/dev  ## requirements*.txt and package-lock.json anew from pyproject.toml and package.json
	@.ci/lock

vendor: .make/dev .make/node  ## static/vendor anew from the pinned npm packages
	@.ci/npm run vendor

# ------------------------------------------------------------------ set-up, each once (stamps lie in .make/)
.make/runtime: requirements.txt
	@.ci/venv requirements.txt
	@mkdir -p .make && touch $@

.make/dev: requirements-dev.txt
	@.ci/venv requirements-dev.txt
	@mkdir -p .make && touch $@ .make/runtime

.make/node: package-lock.json .make/dev
	@echo 'Installing the packages of package-lock.json'
	@.ci/npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@mkdir -p .make && touch $@

chromium:
	@.ci/chromium

debian:
	@.ci/debian

catalogues: .make/runtime
	@.ci/catalogues

.PHONY: help run test test-all lint journey wapiti bench bench-large audit lock vendor chromium debian catalogues
