package dev.drover.controller.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The pieces that commands build their specs from. Without annotations: reading those by
/// reflection would take longer than most commands.
public final class Options {
    private Options() {}

    /// A command: what it is called, what it does (a sentence), and examples of its use.
    public static CommandSpec command(String name, String summary, List<String> examples) {
        CommandSpec spec = CommandSpec.create().name("drover " + name);
        spec.parser().posixClusteredShortOptionsAllowed(false);
        spec.usageMessage()
                .description(summary)
                .sortOptions(false)
                .abbreviateSynopsis(true)
                .footerHeading("%nExamples:%n")
                .footer(examples.stream().map(e -> "  " + e).toArray(String[]::new));
        spec.addOption(
                OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Shows this text.")
                        .build());
        return spec;
    }

    /// A command that asks a server: with `--address` and `--namespace`.
    public static CommandSpec client(String name, String summary, List<String> examples) {
        return command(name, summary, examples)
                .addOption(
                        text(
                                "HOST:PORT",
                                "Where the server listens (or DROVER_ADDR; default 127.0.0.1:4646).",
                                "--address"))
                .addOption(text("NAME", "The namespace (default: default).", "-n", "--namespace"));
    }

    /// A command that shows something: also with `-o`.
    static CommandSpec shows(String name, String summary, List<String> examples) {
        return client(name, summary, examples)
                .addOption(
                        text(
                                "FORMAT",
                                "table (the default), wide, json or yaml.",
                                "-o",
                                "--output"))
                .addOption(OptionSpec.builder("--json").type(boolean.class).hidden(true).build());
    }

    /// An option that is there or not.
    public static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names).type(boolean.class).description(description).build();
    }

    /// An option with a value.
    public static OptionSpec text(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /// An option that may be given more than once. One value each time: what follows it is the
    /// command's again, as in `--var count=3 web.hcl`.
    public static OptionSpec texts(String label, String description, String... names) {
        return OptionSpec.builder(names)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description)
                .build();
    }

    /// A parameter that must be given, at a place from 0.
    public static PositionalParamSpec required(int place, String label, String description) {
        return positional(place, label, "1", description);
    }

    /// A parameter that may be left out, at a place from 0.
    public static PositionalParamSpec optional(int place, String label, String description) {
        return positional(place, label, "0..1", description);
    }

    /// One parameter or more.
    public static PositionalParamSpec several(String label, String description) {
        return many(label, "1..*", description);
    }

    /// Any number of parameters, also none.
    static PositionalParamSpec any(String label, String description) {
        return many(label, "0..*", description);
    }

    /// All parameters from a place on, one at least.
    static PositionalParamSpec rest(int from, String label, String description) {
        return PositionalParamSpec.builder()
                .index(from + "..*")
                .paramLabel(label)
                .arity("1..*")
                .required(true)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build();
    }

    /// All parameters from a place on, also none.
    static PositionalParamSpec others(int from, String label, String description) {
        return PositionalParamSpec.builder()
                .index(from + "..*")
                .paramLabel(label)
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build();
    }

    private static PositionalParamSpec many(String label, String arity, String description) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .arity(arity)
                .required(!arity.startsWith("0"))
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build();
    }

    private static PositionalParamSpec positional(
            int place, String label, String arity, String description) {
        return PositionalParamSpec.builder()
                .index(Integer.toString(place))
                .paramLabel(label)
                .arity(arity)
                .required(!arity.startsWith("0"))
                .type(String.class)
                .description(description)
                .build();
    }
}
