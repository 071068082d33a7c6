package dev.drover.controller.cli;

import dev.drover.manifests.diff.Shown;
import dev.drover.manifests.json.JsonReader;
import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.tree.Source;
import dev.drover.manifests.tree.Tree;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is different between two states of one resource of any kind, value by value.
final class Changes {
    /// Different in every state, and said elsewhere.
    private static final Set<String> SAID = Set.of("metadata.resourceVersion");

    /// Values of variables are secrets whatever they are called.
    private static final String ITEMS = "spec.items.";

    /// A condition's type, and what of it.
    private static final Pattern CONDITION = Pattern.compile("status\\.conditions\\[(.+)](\\..+)");

    private Changes() {}

    /// What is different at a path.
    private record Difference(String path, Optional<String> was, Optional<String> is) {}

    /// A line for each value: `~ path = old → new`, `+ path = new`, `- path = old`; one for all
    /// conditions that changed alike.
    static List<String> between(Resource before, Resource after) {
        Map<String, String> old = leaves(before);
        Map<String, String> now = leaves(after);
        Set<String> paths = new LinkedHashSet<>(old.keySet());
        paths.addAll(now.keySet());
        paths.removeAll(SAID);
        Map<Difference, String> alike = new LinkedHashMap<>();
        for (String path : paths) {
            Optional<String> was = Optional.ofNullable(old.get(path));
            Optional<String> is = Optional.ofNullable(now.get(path));
            if (!was.equals(is)) {
                Matcher condition = CONDITION.matcher(path);
                boolean one = condition.matches();
                alike.merge(
                        new Difference(one ? "[" + condition.group(2) : path, was, is),
                        path,
                        (first, _) -> first.replace("].", "," + condition.group(1) + "]."));
            }
        }
        return alike.entrySet().stream()
                .map(entry -> line(entry.getValue(), entry.getKey(), after.kind()))
                .toList();
    }

    private static String line(String path, Difference difference, Kind kind) {
        Optional<String> was = difference.was();
        Optional<String> is = difference.is();
        if (hidden(path, kind)) {
            return (was.isEmpty() ? "+ " : is.isEmpty() ? "- " : "~ ") + path + " = <hidden>";
        }
        if (was.isPresent() && is.isPresent()) {
            return "~ %s = %s → %s".formatted(path, was.get(), is.get());
        }
        return was.map(value -> "- " + path + " = " + value)
                .orElseGet(() -> "+ " + path + " = " + is.orElse(""));
    }

    private static boolean hidden(String path, Kind kind) {
        return (kind == Kind.VARIABLE && path.startsWith(ITEMS))
                || Shown.secret(path.substring(path.lastIndexOf('.') + 1));
    }

    private static Map<String, String> leaves(Resource resource) {
        Map<String, String> leaves = new LinkedHashMap<>();
        String json = RecordJson.manifest(resource);
        add("", JsonReader.read(new Source("JSON", json)).documents().getFirst(), leaves);
        return leaves;
    }

    private static void add(String path, Tree tree, Map<String, String> leaves) {
        switch (tree) {
            case Tree.Block block ->
                    block.fields()
                            .forEach(field ->
                                    add(
                                            path.isEmpty()
                                                    ? field.name()
                                                    : path + "." + field.name(),
                                            field.value(),
                                            leaves));
            case Tree.Listing listing -> {
                for (int i = 0; i < listing.items().size(); i++) {
                    Tree item = listing.items().get(i);
                    add(path + "[" + label(item, i) + "]", item, leaves);
                }
            }
            case Tree.Text text -> leaves.put(path, '"' + text.value() + '"');
            case Tree.Num number -> leaves.put(path, number.plain());
            case Tree.Flag flag -> leaves.put(path, Boolean.toString(flag.value()));
            case Tree.Nothing _ -> leaves.put(path, "null");
        }
    }

    /// Groups, tasks and ports are known by their names, conditions by their types; what has
    /// neither by its place.
    private static String label(Tree item, int place) {
        return item instanceof Tree.Block block
                ? named(block, "name")
                        .or(() ->
                                block.field("time").isEmpty()
                                        ? named(block, "type")
                                        : Optional.empty())
                        .orElseGet(() -> Integer.toString(place))
                : Integer.toString(place);
    }

    private static Optional<String> named(Tree.Block block, String by) {
        return block.field(by)
                .map(Tree.Field::value)
                .filter(Tree.Text.class::isInstance)
                .map(value -> ((Tree.Text) value).value());
    }
}
