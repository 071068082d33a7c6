package dev.drover.controller.cli;

/// How a command shows what it got.
enum Format {
    /// For people.
    TABLE,
    /// For people with a wide screen: the table with all its columns, where it has more.
    WIDE,
    /// For programs.
    JSON,
    /// For people who keep it.
    YAML;

    /// The format called `word`.
    static Format of(String word) throws CommandFailure {
        return switch (word) {
            case "table" -> TABLE;
            case "wide" -> WIDE;
            case "json" -> JSON;
            case "yaml" -> YAML;
            default ->
                    throw new CommandFailure(
                            "unknown output format '" + word + "'",
                            "-o knows table, wide, json and yaml",
                            "use one of these");
        };
    }

    /// Whether it is a table and no document.
    boolean table() {
        return this == TABLE || this == WIDE;
    }
}
