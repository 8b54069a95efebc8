# Everything a person or a build does here. Needs Python 3.11 or newer and make; the rest is fetched into .venv.

.DEFAULT_GOAL := help
.PHONY: help env run test check crash fix talk bench flows format lint types layers locales migrations

BIN := .venv/bin
READY := .venv/.ready

# The tests start many programs, which need not compile everything each time.
unexport PYTHONDONTWRITEBYTECODE

# $(call stage,name,command): one line when all is well, everything the command said when it is not.
define stage
@if said=$$($(2) 2>&1); then printf '%-12sok\n' '$(1)'; else printf '%-12sFAILED\n%s\n' '$(1)' "$$said"; exit 1; fi
endef

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(READY) ## serve the chat and the demo company on http://127.0.0.1:8000
	@exec env MENLING_DEMO=$${MENLING_DEMO:-1} $(BIN)/menling serve

talk: $(READY) ## hold a conversation in the terminal
	@exec env MENLING_DEMO=$${MENLING_DEMO:-1} $(BIN)/menling talk

flows: $(READY) ## draw every conversation, for people who do not read Python
	@$(BIN)/menling flows --diagram

test: $(READY) ## the whole suite, on SQLite and on PostgreSQL
	@$(BIN)/pytest --numprocesses auto --dist worksteal $(RUN_BEFORE)

crash: $(READY) ## kill the service a thousand times under load, for up to an hour: nothing may be lost
	@$(BIN)/python -m tests.crash --kills 1000

# What takes one core each is held two at a time; the tests take all there are.
check: $(READY) ## everything a build checks
	@$(MAKE) --no-print-directory --jobs=2 types migrations format lint layers locales
	@$(MAKE) --no-print-directory test RUN_BEFORE='--ignore=tests/test_locales.py --ignore=tests/test_migrations.py'

format: $(READY)
	$(call stage,format,$(BIN)/ruff format --check --diff .)

lint: $(READY)
	$(call stage,lint,$(BIN)/ruff check .)

types: $(READY)
	$(call stage,types,$(BIN)/mypy)

layers: $(READY)
	$(call stage,layers,$(BIN)/lint-imports)

locales: $(READY)
	$(call stage,locales,$(BIN)/pytest tests/test_locales.py)

migrations: $(READY)
	$(call stage,migrations,$(BIN)/pytest tests/test_migrations.py)

fix: $(READY) ## format the code and repair what can be repaired
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

bench: $(READY) ## what a turn costs, in CPU
	@for program in benchmarks/*.py; do $(BIN)/python "$$program" || exit 1; done

env: $(READY) ## only make .venv

$(READY): requirements-dev.txt pyproject.toml
	@for python in python3 python3.11 python3.12 python3.13 python3.14 python; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo 'Menling needs Python 3.11 or newer; none of python3, python3.11 … python3.14 is one.' >&2; exit 1; \
	fi; \
	test -x $(BIN)/python || echo "Setting up .venv with $$($$found --version): a minute or two, once."; \
	if ! $$found -c 'import venv, ensurepip' 2>/dev/null; then \
	  echo 'This Python cannot make environments. On Debian and Ubuntu: apt install python3-venv' >&2; exit 1; \
	fi; \
	test -x $(BIN)/pip || $$found -m venv --clear .venv
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.txt
	@$(BIN)/pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
