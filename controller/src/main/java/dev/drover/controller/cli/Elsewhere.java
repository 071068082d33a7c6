package dev.drover.controller.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What commands of Nomad and kubectl that have no namesake here are called.
final class Elsewhere {
    private static final Map<String, String> HERE =
            Map.ofEntries(
                    Map.entry("job inspect", "drover get job NAME -o yaml"),
                    Map.entry("inspect", "drover get job NAME -o yaml"),
                    Map.entry("describe", "drover get KIND NAME -o yaml"),
                    Map.entry("job allocs", "drover status NAME"),
                    Map.entry("job deployments", "drover deployment list"),
                    Map.entry("job eval", "drover why NAME"),
                    Map.entry("alloc restart", "drover alloc stop ID"),
                    Map.entry("job restart", "drover alloc stop ID"),
                    Map.entry("alloc checks", "drover alloc status ID"),
                    Map.entry("job scaling-events", "drover history job NAME"),
                    Map.entry("node purge", "drover delete node NAME"),
                    Map.entry("node meta", "drover node --meta KEY=VALUE"),
                    Map.entry("node pool", "drover get nodes -o yaml"),
                    Map.entry("server members", "drover store stats"),
                    Map.entry("var list", "drover get variables"),
                    Map.entry("var get", "drover get variable PATH -o yaml"),
                    Map.entry("var put", "drover apply -f FILE"),
                    Map.entry("var purge", "drover delete variable PATH"),
                    Map.entry("namespace list", "drover get namespaces"),
                    Map.entry("namespace status", "drover get namespace NAME -o yaml"),
                    Map.entry("namespace apply", "drover apply -f FILE"),
                    Map.entry("namespace delete", "drover delete namespace NAME"),
                    Map.entry("operator snapshot save", "drover store backup FILE"),
                    Map.entry("operator snapshot restore", "drover store restore FILE"),
                    Map.entry("create", "drover apply -f FILE"),
                    Map.entry("rollout undo", "drover job revert NAME VERSION"),
                    Map.entry("rollout", "drover deployment status NAME"),
                    Map.entry("cordon", "drover node eligibility -disable NODE"),
                    Map.entry("uncordon", "drover node eligibility -enable NODE"),
                    Map.entry("drain", "drover node drain NODE"));

    private Elsewhere() {}

    /// What is typed here for words that begin with such a command; the longest one counts.
    static Optional<String> here(List<String> words) {
        return Optional.ofNullable(HERE.get(command(words, words(words))));
    }

    /// How many of these words are the longest such command; 0 when none is.
    static int words(List<String> words) {
        int length = words.size();
        while (length > 0 && !HERE.containsKey(command(words, length))) {
            length--;
        }
        return length;
    }

    private static String command(List<String> words, int length) {
        return String.join(" ", words.subList(0, length));
    }
}
