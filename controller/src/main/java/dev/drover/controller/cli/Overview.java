package dev.drover.controller.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What the command line says when no command was named: the list of them, or what was probably
/// meant.
final class Overview {
    /// Most changed letters that still look like a slip of the fingers.
    private static final int SLIPS_MAX = 2;

    private final List<CommandSource> sources;

    Overview(List<CommandSource> sources) {
        this.sources = sources;
    }

    /// Answers words that name no command; returns the exit code.
    int answer(List<String> args, Session session) {
        Out out = session.out();
        List<String> words = Cli.words(args);
        if (words.isEmpty() || words.getFirst().equals("help")) {
            return help(words, args, session);
        }
        List<String> group =
                names().stream().filter(n -> n.startsWith(words.getFirst() + " ")).toList();
        if (!group.isEmpty() && words.size() == 1) {
            list("Usage: drover " + words.getFirst() + " <command>", group, out);
            return args.size() > 1 ? 0 : 1;
        }
        out.error(
                "there is no command '" + String.join(" ", words) + "'",
                "",
                Elsewhere.here(words)
                        .map(here -> "here it is `" + here + "`")
                        .or(() ->
                                nearest(String.join(" ", words))
                                        .map(name -> "did you mean `drover " + name + "`?"))
                        .orElse("`drover help` lists all commands"));
        return 1;
    }

    private int help(List<String> words, List<String> args, Session session) {
        if (words.size() > 1) {
            var asked = new ArrayList<>(words.subList(1, words.size()));
            asked.add("--help");
            return new Cli(sources).run(asked, session);
        }
        Out out = session.out();
        list("Usage: drover <command> [options] [parameters]", names(), out);
        out.blank();
        out.line("`drover <command> --help` tells more. A server is asked at DROVER_ADDR");
        out.line("(127.0.0.1:4646 when it is not set).");
        return args.isEmpty() ? 1 : 0;
    }

    private void list(String usage, List<String> names, Out out) {
        out.line(usage);
        out.blank();
        int width = names.stream().mapToInt(String::length).max().orElse(0);
        names.forEach(name -> out.line("  " + Table.pad(name, width) + "  " + summary(name)));
    }

    private List<String> names() {
        return sources.stream().flatMap(source -> source.names().stream()).toList();
    }

    private String summary(String name) {
        return sources.stream()
                .flatMap(source -> source.find(name).stream())
                .findFirst()
                .map(command -> command.spec().usageMessage().description()[0])
                .orElse("");
    }

    private Optional<String> nearest(String typed) {
        return names().stream()
                .filter(name -> distance(name, typed) <= SLIPS_MAX)
                .min(Comparator.comparingInt(name -> distance(name, typed)));
    }

    /// How many letters to insert, delete or replace to make one of the other (Levenshtein).
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
