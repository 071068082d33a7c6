package dev.drover.controller.cli;

import dev.drover.controller.client.Address;
import dev.drover.controller.client.Client;
import dev.drover.manifests.model.Metadata;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/// One call of a command: what was typed, and where it runs.
public record Invocation(ParseResult typed, Session session) {
    private static final String ADDRESS_VARIABLE = "DROVER_ADDR";

    /// Where to print.
    public Out out() {
        return session.out();
    }

    /// The time now.
    Instant now() {
        return session.clock().instant();
    }

    /// Whether an option that takes no value was given.
    public boolean flag(String option) {
        return typed.hasMatchedOption(option);
    }

    /// The value of an option.
    public Optional<String> text(String option) {
        return typed.hasMatchedOption(option)
                ? Optional.of(typed.matchedOptionValue(option, ""))
                : Optional.empty();
    }

    /// All values of an option that may be given several times.
    public List<String> texts(String option) {
        return typed.matchedOptionValue(option, List.of());
    }

    /// The parameter at a place, from 0.
    public Optional<String> parameter(int place) {
        return typed.hasMatchedPositional(place)
                ? Optional.of(typed.matchedPositionalValue(place, ""))
                : Optional.empty();
    }

    /// The parameter at a place that the spec requires.
    public String required(int place) {
        return parameter(place)
                .orElseThrow(() -> new IllegalStateException("no parameter " + place));
    }

    /// All values of a parameter that may be given several times.
    public List<String> parameters() {
        return typed.matchedPositionalValue(0, List.of());
    }

    /// All values of the parameters from a place on.
    List<String> rest(int from) {
        return typed.matchedPositionalValue(from, List.of());
    }

    /// The namespace that was asked for.
    String namespace() {
        return text("--namespace").orElse(Metadata.DEFAULT_NAMESPACE);
    }

    /// How to show what the server says.
    Format format() throws CommandFailure {
        if (flag("--json")) {
            return Format.JSON;
        }
        return Format.of(text("--output").orElse("table"));
    }

    /// The server that was asked for.
    public Client client() throws CommandFailure {
        String text =
                text("--address")
                        .or(() -> Optional.ofNullable(session.environment().get(ADDRESS_VARIABLE)))
                        .filter(value -> !value.isBlank())
                        .orElse(Address.DEFAULT.toString());
        return new Client(
                Address.parse(text)
                        .orElseThrow(() ->
                                new CommandFailure(
                                        "'" + text + "' is not an address",
                                        "it has no form that is known here",
                                        "write HOST:PORT, as 127.0.0.1:4646")));
    }
}
