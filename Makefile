# make demo | up | test | slow | prove | test-fast | check | bench: each sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Quiet but for errors. Everything is called by the interpreter: a folder that was moved as a whole still works.
QUIET := --quiet --quiet --disable-pip-version-check --no-input
PORT ?= 8000

.PHONY: demo up test slow walk prove test-fast check bench messages clean
.DEFAULT_GOAL := install

.PHONY: install
install: $(VENV)/.runtime

$(VENV)/bin/pip:
	@tools/system-packages demo
	@tools/say "正在建立 $(VENV)，存放 Python 软件包的文件夹……" "making $(VENV), the folder for Python packages ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: pyproject.toml constraints.txt | $(VENV)/bin/pip
	@tools/say "正在下载 Python 软件包，一两分钟，只有这一次……" "fetching Python packages; a minute or two, only this once ..."
	@$(BIN)/python -m pip install $(QUIET) --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/bin/pip
	@$(BIN)/python -m pip install $(QUIET) --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(VENV)/.runtime

demo: $(VENV)/.runtime
	@tools/system-packages demo
	@$(BIN)/python -m keti demo --port $(PORT)

up: $(VENV)/.runtime
	@tools/system-packages demo
	@$(BIN)/python -m keti up --port $(PORT)

# The suite on SQLite with the browser, then what asks a database on PostgreSQL; plays and long walks are `make slow`.
test: $(VENV)/.dev
	@tools/system-packages test
	$(BIN)/pytest -n 2 --dist loadgroup -m 'not walk and not play and not slow and not prove'
	tools/with-postgres $(BIN)/pytest -n 2 -m 'not browser and not walk and not play and not slow and not prove'

# Whole programmes played, long runs of properties, every page walked.
slow: $(VENV)/.dev
	@tools/system-packages test
	$(BIN)/pytest -n 2 --dist loadgroup -m 'play or slow'
	$(BIN)/pytest -m walk

# Every page as ten kinds of visitor with axe-core: some minutes, one browser.
walk: $(VENV)/.dev
	@tools/system-packages test
	$(BIN)/pytest -m walk

# Storms, kills, long proofs: an hour and more; prints its figures and is no part of the suite.
prove: $(VENV)/.dev
	@tools/system-packages test
	$(BIN)/python -m tests.prove

test-fast: $(VENV)/.dev
	@echo "test-fast leaves out: the browser, the played programmes, long runs, fault tests, PostgreSQL"
	$(BIN)/pytest -m 'not browser and not walk and not play and not slow and not prove and not fault'

check: $(VENV)/.dev
	@tools/system-packages test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy keti
	$(BIN)/djlint keti --lint --quiet
	KETI_DATA=$$(mktemp -d) DJANGO_SETTINGS_MODULE=keti.settings $(BIN)/django-admin makemigrations --check --dry-run
	$(BIN)/python tools/translations --check
	$(BIN)/python tools/editor

bench: $(VENV)/.dev
	$(BIN)/python -m bench

# Collect page texts and compile the English catalogues.
messages: $(VENV)/.dev
	$(BIN)/python tools/translations

clean:
	rm -rf $(VENV) demo-data play-out data
