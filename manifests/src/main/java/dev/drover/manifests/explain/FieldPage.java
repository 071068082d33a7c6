package dev.drover.manifests.explain;

import dev.drover.manifests.defaults.Defaults;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.Value;
import dev.drover.manifests.shape.Component;
import dev.drover.manifests.shape.Dialect;
import dev.drover.manifests.shape.Durations;
import dev.drover.manifests.shape.FieldDocs;
import dev.drover.manifests.shape.Kinds;
import dev.drover.manifests.shape.RecordShape;
import dev.drover.manifests.shape.Shape;
import dev.drover.manifests.shape.Words;
import dev.drover.manifests.tree.Suggestion;
import dev.drover.manifests.validate.DriverConfigs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The page of a kind, a block or a field: what it is, what it may hold, what absence means, and
/// what is in it. Its way is written as in any of the syntaxes: `job.group.update`,
/// `job.spec.groups.update.maxParallel`, `driver.exec`.
public final class FieldPage {
    private static final String DRIVER = "driver";

    private final FieldDocs docs;

    /// Pages of these texts.
    public FieldPage(FieldDocs docs) {
        this.docs = docs;
    }

    /// What became of a question.
    public sealed interface Answer {
        /// The page.
        record Page(String text) implements Answer {}

        /// There is no such field; `fix` says which one may be meant.
        record Nothing(String what, String fix) implements Answer {}
    }

    /// The page of what `way` leads to.
    public Answer of(String way) {
        List<String> steps = List.of(way.split("\\.", -1));
        Optional<Class<? extends Record>> root = root(steps);
        if (root.isEmpty()) {
            return new Answer.Nothing(
                    "there is no kind \"" + steps.getFirst() + "\"",
                    near(steps.getFirst(), roots()));
        }
        int from = steps.getFirst().equals(DRIVER) ? 2 : 1;
        Class<? extends Record> block = root.get();
        for (int i = from; i < steps.size(); i++) {
            Class<? extends Record> around = holder(block, steps.get(i));
            Optional<Component> found = component(around, steps.get(i));
            if (found.isEmpty()) {
                return new Answer.Nothing(
                        "there is no \"%s\" in %s"
                                .formatted(steps.get(i), String.join(".", steps.subList(0, i))),
                        near(steps.get(i), names(around)));
            }
            Optional<Class<? extends Record>> inner = block(found.get().shape());
            if (i == steps.size() - 1) {
                return new Answer.Page(page(way, around, found.get()));
            }
            if (inner.isEmpty()) {
                return new Answer.Nothing(
                        String.join(".", steps.subList(0, i + 1)) + " has no fields", "");
            }
            block = inner.get();
        }
        return new Answer.Page(way + "\n\n" + indented(docs.of(block)) + fields(block));
    }

    // ---- finding

    private static List<String> roots() {
        List<String> roots = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            roots.add(kind.name().toLowerCase(Locale.ROOT));
        }
        DriverConfigs.names().forEach(name -> roots.add(DRIVER + "." + name));
        return roots;
    }

    private static Optional<Class<? extends Record>> root(List<String> steps) {
        if (steps.getFirst().equals(DRIVER)) {
            return steps.size() < 2 ? Optional.empty() : DriverConfigs.of(steps.get(1));
        }
        String word = steps.getFirst().replace("_", "");
        return Arrays.stream(Kind.values())
                .filter(kind ->
                        kind.text().equalsIgnoreCase(word)
                                || kind.plural().equalsIgnoreCase(word)
                                || kind.shortName().equalsIgnoreCase(word)
                                || "stored".concat(kind.text()).equalsIgnoreCase(word))
                .findFirst()
                .<Class<? extends Record>>map(Kinds::type);
    }

    /// A resource's spec need not be named.
    private static Class<? extends Record> holder(Class<? extends Record> block, String step) {
        return Resource.class.isAssignableFrom(block) && component(block, step).isEmpty()
                ? component(block, "spec").flatMap(spec -> block(spec.shape())).orElse(block)
                : block;
    }

    private static Optional<Component> component(Class<? extends Record> block, String step) {
        return RecordShape.of(block).components().stream()
                .filter(component -> called(component, step))
                .findFirst();
    }

    private static boolean called(Component component, String step) {
        return Arrays.stream(Dialect.values())
                .filter(component::isIn)
                .anyMatch(dialect -> component.name(dialect).equalsIgnoreCase(step));
    }

    private static Optional<Class<? extends Record>> block(Shape shape) {
        return switch (shape) {
            case Shape.Maybe(Shape of) -> block(of);
            case Shape.Items(Shape of) -> block(of);
            case Shape.Fields(Shape of) -> block(of);
            case Shape.Struct(var type) -> Optional.of(type);
            case Shape.Scalar _, Shape.Union _ -> Optional.empty();
        };
    }

    private static Set<String> names(Class<? extends Record> block) {
        Set<String> names = new TreeSet<>();
        for (Component component : RecordShape.of(block).components()) {
            Stream.of(Dialect.DROVER, Dialect.HCL)
                    .filter(component::isIn)
                    .map(component::name)
                    .forEach(names::add);
        }
        return names;
    }

    private static String near(String word, Iterable<String> known) {
        List<String> all = new ArrayList<>();
        known.forEach(all::add);
        return Suggestion.of(word, all)
                .map(near -> "did you mean " + near + "?")
                .orElse("there are " + String.join(", ", all));
    }

    // ---- writing

    private String page(String way, Class<? extends Record> owner, Component component) {
        StringBuilder page = new StringBuilder();
        page.append(way).append("  <").append(type(component.shape())).append(">\n\n");
        page.append(indented(docs.of(owner, component)));
        page.append("  YAML and JSON: ").append(component.name());
        page.append(", HCL: ").append(hcl(component)).append('\n');
        absent(owner, component)
                .ifPresent(text -> page.append("  when absent: ").append(text).append('\n'));
        block(component.shape())
                .ifPresent(inner ->
                        page.append('\n').append(indented(docs.of(inner))).append(fields(inner)));
        return page.toString();
    }

    private String fields(Class<? extends Record> block) {
        StringBuilder fields = new StringBuilder("\nFields (YAML and JSON | HCL):\n");
        for (Component component : RecordShape.of(block).components()) {
            String hcl = hcl(component);
            fields.append("  ").append(component.name());
            if (!hcl.equals(component.name())) {
                fields.append(" | ").append(hcl);
            }
            fields.append("  <").append(type(component.shape())).append(">\n");
            fields.append("      ").append(docs.of(block, component)).append('\n');
            absent(block, component)
                    .ifPresent(
                            text -> fields.append("      when absent: ").append(text).append('\n'));
        }
        return fields.toString();
    }

    private static String hcl(Component component) {
        return component.isIn(Dialect.HCL) ? component.name(Dialect.HCL) : "(none)";
    }

    private static String indented(String text) {
        return text.isEmpty() ? "" : "  " + text + "\n";
    }

    private static String type(Shape shape) {
        return switch (shape) {
            case Shape.Text _ -> "text";
            case Shape.Flag _ -> "true or false";
            case Shape.Int _, Shape.Wide _ -> "whole number";
            case Shape.Decimal _ -> "number";
            case Shape.Moment _ -> "time";
            case Shape.Span _ -> "duration";
            case Shape.Choice(var type) -> String.join(" | ", Words.all(type));
            case Shape.Maybe(Shape of) -> type(of);
            case Shape.Items(Shape of) -> "list of " + type(of);
            case Shape.Fields(Shape of) -> "map of " + type(of);
            case Shape.Struct(var type) -> type.getSimpleName();
            case Shape.Union(var type) when type == Value.class -> "any value";
            case Shape.Union(var type) -> type.getSimpleName();
        };
    }

    /// The default, by the job's type where it depends on that.
    private static Optional<String> absent(Class<? extends Record> owner, Component component) {
        Map<String, List<JobType>> types = new LinkedHashMap<>();
        for (JobType type : JobType.values()) {
            Defaults.of(owner, component.name(), type)
                    .filter(value -> !(value instanceof Record))
                    .ifPresent(value ->
                            types.computeIfAbsent(text(value), _ -> new ArrayList<>()).add(type));
        }
        if (types.isEmpty()) {
            return Optional.empty();
        }
        boolean always =
                types.size() == 1
                        && types.values().iterator().next().size() == JobType.values().length;
        return Optional.of(
                types.entrySet().stream()
                        .map(entry ->
                                always
                                        ? entry.getKey()
                                        : entry.getKey() + " (" + words(entry.getValue()) + ")")
                        .collect(Collectors.joining(", ")));
    }

    private static String words(List<JobType> types) {
        return types.stream()
                .map(type -> type.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static String text(Object value) {
        return switch (value) {
            case Duration duration -> Durations.text(duration);
            case Enum<?> word -> word.name().toLowerCase(Locale.ROOT);
            default -> value.toString(); // numbers, truths and texts
        };
    }
}
