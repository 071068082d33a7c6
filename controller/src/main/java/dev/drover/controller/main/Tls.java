package dev.drover.controller.main;

import dev.drover.controller.cli.CommandFailure;
import dev.drover.controller.cli.Invocation;
import dev.drover.controller.cli.Options;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/// The three files by which a server and its nodes know each other, as both roles are told them.
record Tls(Path authority, Path certificate, Path key) {
    private static final String AUTHORITY = "--tls-ca";
    private static final String CERTIFICATE = "--tls-cert";
    private static final String KEY = "--tls-key";

    static OptionSpec authorityOption(String meaning) {
        return Options.text("FILE", meaning, AUTHORITY);
    }

    static OptionSpec certificateOption(String meaning) {
        return Options.text("FILE", meaning, CERTIFICATE);
    }

    static OptionSpec keyOption() {
        return Options.text("FILE", "The key of that certificate (PEM, PKCS 8).", KEY);
    }

    /// What was said; nothing when none of the three was.
    static Optional<Tls> of(Invocation invocation) throws CommandFailure {
        List<String> missing = new ArrayList<>();
        List<Path> given = new ArrayList<>();
        for (String option : List.of(AUTHORITY, CERTIFICATE, KEY)) {
            invocation
                    .text(option)
                    .ifPresentOrElse(text -> given.add(Path.of(text)), () -> missing.add(option));
        }
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (!missing.isEmpty()) {
            throw new CommandFailure(
                    String.join(" and ", missing) + " is missing",
                    "both sides show a certificate and check the other's",
                    "give " + AUTHORITY + ", " + CERTIFICATE + " and " + KEY);
        }
        return Optional.of(new Tls(given.get(0), given.get(1), given.get(2)));
    }
}
