package dev.drover.controller.cli;

/// How a command shows what it got.
enum Format {
    /// For people.
    TABLE,
    /// For programs.
    JSON,
    /// For people who keep it.
    YAML;

    /// The format called `word`.
    static Format of(String word) throws CommandFailure {
        return switch (word) {
            case "table" -> TABLE;
            case "json" -> JSON;
            case "yaml" -> YAML;
            default ->
                    throw new CommandFailure(
                            "unknown output format '" + word + "'",
                            "-o knows table, json and yaml",
                            "use one of these");
        };
    }
}
