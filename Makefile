# The targets a user needs: demo, test, install. `make help` lists all.

PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift
MODEL = Models/syria-stances.safetensors
# One static binary that needs BLAS, LAPACK, zlib and the C and C++ libraries. LLVM's linker is the
# toolchain's own. At a fixed place in memory nothing has to be relocated, which takes 2 ms of a start.
RELEASE = -c release --static-swift-stdlib -Xswiftc -use-ld=lld -Xswiftc -Xclang-linker -Xswiftc -no-pie
STANCE = .build/release/stance

.PHONY: help build demo test lint format model bench accuracy simulations install uninstall dependencies clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 14

dependencies: ## install BLAS, LAPACK and zlib headers by apt where they are missing
	@Scripts/install-dependencies

build: dependencies ## build the stance tool
	$(SWIFT) build $(RELEASE) --product stance

demo: build ## train on seeds/, show how good it is, judge ten new quotes
	$(STANCE) train seeds/statements.csv --codebook seeds/codebook.yaml --output .build/demo.safetensors
	@echo
	$(STANCE) classify --input seeds/new-quotes.csv --model .build/demo.safetensors
	@echo
	$(STANCE) explain "We will go to the talks as one delegation." --terms 4 --model .build/demo.safetensors

test: dependencies ## run all tests
	$(SWIFT) test -c release --scratch-path .build-tests

lint: ## check layout and the modules' imports
	Scripts/lint

format: ## lay the code out
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests benchmarks

# The sources of plain prose, as seeds/DATACARD.md tells them apart from literary ones: real statements are
# plain.
PLAIN = --for "source=reports and briefings" --for "source=speeches at the United Nations" \
  --for "source=dispatches and communiques" --for "source=Arabic speeches, dispatches and reports"

model: build ## train the shipped model from seeds/ and write its card
	$(STANCE) train seeds/statements.csv --codebook seeds/codebook.yaml $(PLAIN) --output $(MODEL) --quiet
	$(STANCE) inspect $(MODEL) --format markdown --notes Models/NOTES.md > Models/README.md

bench: build ## compare the speed with that of other tools
	benchmarks/run

accuracy: build ## measure how good models are, on all data that is there
	python3 benchmarks/accuracy.py

simulations: ## measure how often intervals hold the truth, and keep the result
	Scripts/simulate

install: build ## install the tool, the model, completions and the manual page under PREFIX
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/stancekit" \
	  "$(DESTDIR)$(PREFIX)/share/man/man1" \
	  "$(DESTDIR)$(PREFIX)/share/bash-completion/completions" \
	  "$(DESTDIR)$(PREFIX)/share/zsh/site-functions" \
	  "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d"
	install -s -m 755 $(STANCE) "$(DESTDIR)$(PREFIX)/bin/stance"
	install -m 644 $(MODEL) "$(DESTDIR)$(PREFIX)/share/stancekit/"
	install -m 644 Documentation/stance.1 "$(DESTDIR)$(PREFIX)/share/man/man1/stance.1"
	$(STANCE) --generate-completion-script bash > "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/stance"
	$(STANCE) --generate-completion-script zsh > "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_stance"
	$(STANCE) --generate-completion-script fish > "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/stance.fish"

uninstall: ## remove what install put there
	rm -f "$(DESTDIR)$(PREFIX)/bin/stance" "$(DESTDIR)$(PREFIX)/share/stancekit/syria-stances.safetensors" \
	  "$(DESTDIR)$(PREFIX)/share/man/man1/stance.1" \
	  "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/stance" \
	  "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_stance" \
	  "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/stance.fish"
	@if [ -d "$(DESTDIR)$(PREFIX)/share/stancekit" ]; then rmdir "$(DESTDIR)$(PREFIX)/share/stancekit"; fi

clean: ## remove what was built
	rm -rf .build .build-tests .build-simulations
