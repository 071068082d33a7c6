package dev.drover.controller.cli;

import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;

/// How nodes are to be drained, as typed: of a drain, and of the question what it would do.
///
/// @param deadline when everything that is left is stopped; never when absent
/// @param ignoreSystem whether system jobs stay
record DrainTerms(Optional<Instant> deadline, boolean ignoreSystem) {
    /// As with Nomad: batch jobs may run for so long.
    private static final Duration DEADLINE = Duration.ofHours(1);

    private static final String IGNORE_SYSTEM = "--ignore-system";

    /// Options that say it.
    ///
    /// @param only what stands before each help text
    static CommandSpec options(CommandSpec spec, String only) {
        return spec.addOption(
                        Options.text(
                                "TIME",
                                only + "When everything that is left is stopped (default 1h).",
                                "--deadline"))
                .addOption(Options.flag(only + "Waits for whatever it takes.", "--no-deadline"))
                .addOption(Options.flag(only + "Stops everything now.", "--force"))
                .addOption(Options.flag(only + "System jobs stay.", IGNORE_SYSTEM));
    }

    static DrainTerms typed(Invocation invocation) throws CommandFailure {
        return new DrainTerms(deadline(invocation), invocation.flag(IGNORE_SYSTEM));
    }

    private static Optional<Instant> deadline(Invocation invocation) throws CommandFailure {
        Optional<String> typed = invocation.text("--deadline");
        boolean none = invocation.flag("--no-deadline");
        boolean force = invocation.flag("--force");
        if ((typed.isPresent() && (none || force)) || (none && force)) {
            throw new CommandFailure(
                    "until when?",
                    "-deadline, -no-deadline and -force contradict each other",
                    "say one of them");
        }
        if (none) {
            return Optional.empty();
        }
        if (force) {
            return Optional.of(invocation.now());
        }
        Duration length = typed.isPresent() ? Wish.duration(typed.get(), "-deadline") : DEADLINE;
        return Optional.of(invocation.now().plus(length));
    }

    /// What the server is asked: what the drain of these nodes would do.
    Map<String, String> question(List<Node> nodes) {
        Map<String, String> terms = new TreeMap<>();
        terms.put("ignoreSystem", Boolean.toString(ignoreSystem));
        terms.put("nodes", WhatIfCommand.names(nodes));
        deadline.ifPresent(when -> terms.put("deadline", when.toString()));
        return terms;
    }

    /// The drain as a node's spec has it.
    Value wish() {
        Map<String, Value> drain = new TreeMap<>();
        drain.put("ignoreSystem", Wish.flag(ignoreSystem));
        drain.put(
                "deadline",
                deadline.<Value>map(when -> Wish.text(when.toString())).orElseGet(Wish::nothing));
        return new Value.Fields(drain);
    }
}
