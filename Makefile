# One word for each thing one does here; each works on a fresh clone. The JDK is found as .ci/jdk tells.

SHELL := /bin/bash
MVN = . .ci/jdk && ./mvnw -q -B

.PHONY: help dev test check sim model planted rules golden fmt bench fuzz dist

help:     ## lists these words
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1\t/' | expand -t 16

dev:      ## starts a cluster of one on 127.0.0.1:4646 with the example job (Ctrl-C ends both)
	./drover agent --dev --apply examples/hello/hello.hcl

test:     ## every test that needs no other process, quickly
	@$(MVN) test

check:    ## exactly what lands: format, rules, all tests
	@.ci/run

sim:      ## the simulation; SEED=n replays one seed; FROM=n TO=m tells those many, and says how far it is
ifdef TO
	@$(MVN) -pl reconcilers -am test-compile
	@$(MVN) -pl reconcilers dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/classpath
	@. .ci/jdk && cd reconcilers && nice "$$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx512m \
	  -cp "target/test-classes:target/classes:../store/target/classes:../manifests/target/classes:$$(cat target/classpath)" \
	  dev.drover.reconcilers.simulation.Seeds $(or $(FROM),1) $(TO)
else
	@$(MVN) -pl reconcilers -am test -Dtest='SimulationTest' -Dsurefire.failIfNoSpecifiedTests=false $(if $(SEED),-Dsim.seed=$(SEED))
endif

model:    ## the store against its specification: FROM= TO= seeds, of which the first REOPENING= are reopened too
	@$(MVN) -pl store -am test -Dtest='ModelTest' -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dmodel.from=$(or $(FROM),0) -Dmodel.to=$(or $(TO),200) -Dmodel.reopening=$(or $(REOPENING),10)

planted:  ## plants each known bug and lets the simulation look for it (seconds each)
	@.ci/planted

rules:    ## breaks each rule of the house once: is the check that guards it awake? (minutes)
	@.ci/rules

golden:   ## rewrites the golden files: read their diff
	@$(MVN) verify -Dgolden.update=true
	@git diff --stat

fmt:      ## formats the sources
	@$(MVN) spotless:apply

dist:     ## packages the program with its own Java (dist/drover-*-linux-x64.tar.gz) and tries the package
	@$(MVN) -Dmaven.test.skip=true package
	@.ci/dist

bench:    ## WHAT=path, ROWS="folder names" for some of them: measures, one row a line: name, value, unit, bar, ok or short
	@$(if $(WHAT),,$(error say what: make bench WHAT=path))
	@$(MVN) -Pbench -DskipTests package >&2
	@.ci/bench $(WHAT) $(ROWS)

fuzz:     ## MINUTES=10, each: Jazzer on the readers; WHAT=hcl, yaml, json, hcljson or expression for one of them
	@$(MVN) -pl manifests test-compile
	@$(MVN) -pl manifests -Pfuzz dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/fuzz.classpath
	@.ci/fuzz $(or $(MINUTES),10) $(WHAT)
