package dev.drover.controller.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Every route of the server, in the order they are tried: an exact path before one that takes
/// anything.
public final class RouteTable {
    private final List<Row> rows;

    /// A table of these routes.
    public RouteTable(List<Route> routes) {
        rows = routes.stream().map(r -> new Row(r, List.of(r.pattern().split("/")))).toList();
    }

    /// What a path and a method lead to.
    public sealed interface Match {
        /// This route.
        record Found(Route route, Map<String, String> parameters) implements Match {}

        /// The path exists, but not for this method.
        record OtherMethod(TreeSet<String> allowed) implements Match {}

        /// Nothing has this path.
        record Nowhere() implements Match {}

        /// The path is not well formed.
        record Malformed(String why) implements Match {}
    }

    /// Finds the route; that of GET serves HEAD, too. Segments are split before they are decoded,
    /// so that `%2F` never makes a new one.
    public Match match(String method, String path) {
        List<String> segments = new ArrayList<>();
        for (String raw : path.split("/")) {
            try {
                segments.add(URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                return new Match.Malformed("%s is not a well-formed path".formatted(path));
            }
        }
        TreeSet<String> allowed = new TreeSet<>();
        for (Row row : rows) {
            Optional<Map<String, String>> taken = row.take(segments);
            if (taken.isPresent() && row.methods().contains(method)) {
                return new Match.Found(row.route(), taken.get());
            }
            taken.ifPresent(_ -> allowed.addAll(row.methods()));
        }
        return allowed.isEmpty() ? new Match.Nowhere() : new Match.OtherMethod(allowed);
    }

    /// The table itself, for docs and tests.
    public List<Route> routes() {
        return rows.stream().map(Row::route).toList();
    }

    private record Row(Route route, List<String> parts) {
        List<String> methods() {
            String method = route.method();
            return method.equals("GET") ? List.of("GET", "HEAD") : List.of(method);
        }

        Optional<Map<String, String>> take(List<String> segments) {
            if (segments.size() != parts.size()) {
                return Optional.empty();
            }
            Map<String, String> taken = new HashMap<>();
            for (int i = 0; i < parts.size(); i++) {
                String part = parts.get(i);
                if (part.startsWith("{")) {
                    if (segments.get(i).isEmpty()) {
                        return Optional.empty(); // a variable of a script that is not set
                    }
                    taken.put(part.substring(1, part.length() - 1), segments.get(i));
                } else if (!part.equals(segments.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(taken);
        }
    }
}
