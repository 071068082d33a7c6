package dev.drover.controller.cli;

import java.util.List;
import java.util.Optional;

/// The commands that ask a server or read files.
public final class Commands implements CommandSource {
    private static final List<String> NAMES = List.of("version");

    @Override
    public List<String> names() {
        return NAMES;
    }

    /// A switch and not a table of objects: it loads the class that was asked for and no other.
    @Override
    public Optional<Command> find(String words) {
        return switch (words) {
            case "version", "--version", "-version" -> Optional.of(new VersionCommand());
            default -> Optional.empty();
        };
    }
}
