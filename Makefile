# Everything a newcomer or a build machine runs. Needs make and Python 3.11, 3.12 or 3.13; the rest
# is fetched at the versions and digests in the lock files, into .tools/ and .venv/ here.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
export UV_PYTHON_DOWNLOADS := never

PEOPLE ?= 20000
PYTHON ?= $(shell for python in python3.12 python3.11 python3.13 python3 python; do \
	"$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null \
	&& { "$$python" -c 'import sys; print(sys.executable)'; break; }; done)
UV := $(shell uv --version >/dev/null 2>&1 && echo uv || echo .tools/bin/uv)
RUN := .venv/bin
INSTALL := $(UV) pip install --quiet --compile-bytecode --python $(RUN)/python
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate

NEO4J := .tools/neo4j

.PHONY: help setup assets demo test check lint format types imports browser neo4j spark long bench quality package wheel server secrets lock clean

help: ## Show these targets
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' $(MAKEFILE_LIST) \
	| while IFS='|' read -r target says; do printf '  make %-9s %s\n' "$$target" "$$says"; done

setup: .venv/dev.stamp assets ## Make .venv with everything to work on the product

assets: .venv/assets.stamp ## Fetch and copy what the pages load into webapp/static/vendor

demo: .venv/run.stamp assets ## Invent a council of some 20,000 people, run it all and serve it
	$(RUN)/pei demo --people $(PEOPLE)

test: .venv/dev.stamp assets ## Run the tests, with each engine suite whose engine is found
	$(RUN)/pytest -m "not wheel" --numprocesses auto --dist loadfile

check: ## Run what the build machine runs
	bash .ci/run

lint: .venv/dev.stamp ## Check style
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

format: .venv/dev.stamp ## Mend style
	$(RUN)/ruff check --fix .
	$(RUN)/ruff format .

types: .venv/dev.stamp ## Check types
	$(RUN)/mypy

imports: .venv/dev.stamp ## Check who imports whom
	$(RUN)/lint-imports

browser: .venv/dev.stamp assets ## Run the browser suite, which then must not be skipped
	PEI_REQUIRE_BROWSER=1 $(RUN)/pytest -m browser

neo4j: .venv/dev.stamp $(NEO4J)/made ## Run the Neo4j suite, which then must not be skipped (needs Java 17 and Maven)
	PEI_REQUIRE_NEO4J=1 $(RUN)/pytest -m neo4j

$(NEO4J)/made: tests/support/neo4j-server/pom.xml
	mvn --quiet --batch-mode --file $< dependency:copy-dependencies \
		-DincludeScope=runtime -DoutputDirectory=$(CURDIR)/$(NEO4J)
	@touch $@

spark: .venv/dev.stamp ## Run the Spark suite, which then must not be skipped (needs Java 17)
	PEI_REQUIRE_SPARK=1 $(RUN)/pytest -m spark

long: .venv/dev.stamp assets ## Run the tests that hold whole runs against whole runs
	PEI_REQUIRE_LONG=1 $(RUN)/pytest -m long --numprocesses auto --dist loadfile

bench: .venv/dev.stamp ## Print the benchmarks' tables
	$(RUN)/python benchmarks/council.py

quality: .venv/dev.stamp ## Measure how well people are found, and write docs/quality.md
	$(RUN)/python benchmarks/quality.py

package: assets ## Build the wheel
	rm -rf dist
	$(UV) build --quiet --wheel --build-constraints requirements-dev.lock --require-hashes

wheel: .venv/dev.stamp package ## Build the wheel, and try it in an empty environment
	$(RUN)/pytest -m wheel

server: package ## Install the wheel, with the drivers of servers, in an environment at PREFIX
	@test -n "$(PREFIX)" || { echo "Say where: make server PREFIX=/opt/pei"; exit 1; }
	$(UV) venv --quiet --python $(PYTHON) $(PREFIX)
	$(UV) pip install --quiet --compile-bytecode --python $(PREFIX)/bin/python \
		--require-hashes -r requirements-server.lock
	$(UV) pip install --quiet --compile-bytecode --python $(PREFIX)/bin/python --no-deps dist/*.whl

# The folder is its owner's alone. The files in it are not: each container sees its own as another
# user, and nobody else on this machine can get at them.
secrets: ## Make random secrets for docker-compose.yml where they lack
	@umask 022; mkdir -p secrets; chmod 700 secrets; \
	for name in secret_key ledger_password graph_password; do test -s secrets/$$name || \
		head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' >secrets/$$name; done; \
	test -s secrets/graph_auth || { printf 'neo4j/'; cat secrets/graph_password; } >secrets/graph_auth

lock: | $(filter .tools/%,$(UV)) ## Choose versions anew and write them to the lock files
	$(LOCK) --upgrade pyproject.toml --output-file requirements.lock
	$(LOCK) --upgrade pyproject.toml --extra postgres --constraint requirements.lock \
		--output-file requirements-server.lock
	$(LOCK) --upgrade pyproject.toml --all-extras --group dev --constraint requirements-server.lock \
		--output-file requirements-dev.lock
	$(LOCK) --upgrade --group assets --output-file requirements-assets.lock

clean: ## Remove everything made here
	rm -rf .venv .tools build dist demo node_modules webapp/static/vendor \
		.coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

.tools/bin/uv:
	@test -n "$(PYTHON)" || { echo "PEI Graph needs Python 3.11, 3.12 or 3.13 on the PATH"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
		echo "This Python cannot make environments: install Debian's python3-venv, or uv"; exit 1; }
	$(PYTHON) -m venv .tools
	.tools/bin/python -m pip install --quiet 'uv>=0.9,<1'

.venv/bin/python: | $(filter .tools/%,$(UV))
	@test -n "$(PYTHON)" || { echo "PEI Graph needs Python 3.11, 3.12 or 3.13 on the PATH"; exit 1; }
	$(UV) venv --quiet --python $(PYTHON) .venv

.venv/run.stamp: requirements.lock pyproject.toml | .venv/bin/python
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --build-constraints requirements-dev.lock --editable .
	@touch $@

.venv/assets.stamp: webapp/package-lock.json webapp/build_assets.py | .venv/run.stamp
	command -v npm >/dev/null || $(INSTALL) --require-hashes -r requirements-assets.lock
	PATH="$$PATH:$(CURDIR)/.venv/bin" $(RUN)/python webapp/build_assets.py
	@touch $@

.venv/dev.stamp: requirements-dev.lock | .venv/run.stamp
	$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@
