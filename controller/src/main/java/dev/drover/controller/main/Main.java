package dev.drover.controller.main;

import dev.drover.controller.cli.Cli;
import dev.drover.controller.cli.Commands;
import dev.drover.controller.cli.Out;
import dev.drover.controller.cli.Session;
import dev.drover.controller.upkeep.Upkeep;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The one entry of the program: server, node daemon and command line. It loads nothing of a server
/// before the first words ask for one, so that every other command starts light.
public final class Main {
    private Main() {}

    /// Runs the command that `args` name and ends the process with its exit code.
    public static void main(String[] args) {
        // picocli would look for Groovy in every jar: a sixth of what `status` computes.
        System.setProperty("picocli.disable.closures", "true");
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putIfAbsent("USER", System.getProperty("user.name")); // who runs it
        var out =
                new Out(
                        new FileOutputStream(FileDescriptor.out),
                        new FileOutputStream(FileDescriptor.err),
                        colours(environment));
        var session = new Session(out, environment, InstantSource.system());
        int code =
                new Cli(List.of(new Commands(), new Upkeep(), new Roles()))
                        .run(List.of(args), session);
        // Not `exit`: nothing of ours needs a shutdown hook by now, and other threads may linger.
        Runtime.getRuntime().halt(code);
    }

    /// Only a terminal that nobody told otherwise (https://no-color.org) gets colours.
    private static boolean colours(Map<String, String> environment) {
        return Boolean.getBoolean("drover.terminal")
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }
}
