package dev.drover.store.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.manifests.shape.Component;
import dev.drover.manifests.shape.RecordShape;
import dev.drover.manifests.shape.Shape;
import dev.drover.manifests.shape.UnionShape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FieldIdsTest {
    private static final Path TABLE =
            Path.of("src/main/resources/dev/drover/store/typed/fields.txt");
    private static final String HEAD =
            """
            # The numbers under which the model is stored. A name keeps its number for ever. New names get the next
            # free number of their line (make golden adds them); a name that went gets a minus, so that nobody takes
            # its number again. A renamed name keeps its number: change the name here by hand.
            """;

    @Test
    void every_name_of_the_model_has_a_number_and_every_number_a_name_or_a_minus()
            throws IOException {
        FieldIds table = FieldIds.standard();
        Map<String, Map<String, Integer>> lines = new TreeMap<>();
        walk(
                Records.ROOTS,
                (type, names) -> lines.put(FieldIds.nameOf(type), numbered(table.of(type), names)));
        String text =
                HEAD
                        + lines.entrySet().stream()
                                .map(e -> e.getKey() + line(e.getValue()) + "\n")
                                .collect(Collectors.joining());
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(TABLE, text);
        }

        assertThat(Files.readString(TABLE)).isEqualTo(text);
    }

    private static Map<String, Integer> numbered(Map<String, Integer> known, List<String> names) {
        Map<String, Integer> numbered = new LinkedHashMap<>();
        known.forEach((name, id) ->
                numbered.put(name.startsWith("-") || names.contains(name) ? name : "-" + name, id));
        int next = known.values().stream().mapToInt(i -> i).max().orElse(0) + 1;
        for (String name : names) {
            if (!numbered.containsKey(name)) {
                numbered.put(name, next++);
            }
        }
        return numbered;
    }

    private static String line(Map<String, Integer> ids) {
        return ids.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(e -> " " + e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining());
    }

    /// Visits every type that is stored with the names in it, in the order of their declaration.
    static void walk(
            List<Class<? extends Record>> roots, BiConsumer<Class<?>, List<String>> visitor) {
        Set<Class<?>> seen = new HashSet<>();
        Deque<Shape> open = new ArrayDeque<>();
        roots.forEach(root -> open.add(new Shape.Struct(root)));
        while (!open.isEmpty()) {
            switch (open.remove()) {
                case Shape.Struct(var type) when seen.add(type) -> {
                    List<Component> components = RecordShape.of(type).components();
                    components.forEach(c -> open.add(c.shape()));
                    visitor.accept(type, components.stream().map(Component::name).toList());
                }
                case Shape.Union(var type) when seen.add(type) -> {
                    var variants = UnionShape.of(type).variants();
                    variants.forEach(v -> open.add(new Shape.Struct(v)));
                    visitor.accept(type, variants.stream().map(Class::getSimpleName).toList());
                }
                case Shape.Choice(var type) when seen.add(type) ->
                        visitor.accept(
                                type, Stream.of(type.getEnumConstants()).map(Enum::name).toList());
                case Shape.Maybe(var of) -> open.add(of);
                case Shape.Items(var of) -> open.add(of);
                case Shape.Fields(var of) -> open.add(of);
                case Shape.Struct _, Shape.Union _, Shape.Choice _ -> {}
                case Shape.Text _, Shape.Flag _, Shape.Int _, Shape.Wide _ -> {}
                case Shape.Decimal _, Shape.Moment _, Shape.Span _ -> {}
            }
        }
    }

    @Test
    void a_number_given_twice_is_refused() {
        assertThatThrownBy(() ->
                        FieldIds.read(new BufferedReader(new StringReader("Exit Code=1 -Old=1"))))
                .hasMessageContaining("Exit Code=1 -Old=1");
    }
}
