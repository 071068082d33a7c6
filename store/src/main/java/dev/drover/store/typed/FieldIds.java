package dev.drover.store.typed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// The numbers under which components, variants and constants are stored, from `fields.txt`.
///
/// One line for each type of the model: `GroupSummary running=1 starting=2 -lost=3`. A name keeps
/// its number for ever; a minus marks one that is gone, so that no later name gets its number.
final class FieldIds {
    private final Map<String, Map<String, Integer>> byType;

    private FieldIds(Map<String, Map<String, Integer>> byType) {
        this.byType = byType;
    }

    /// The table that belongs to this program.
    static FieldIds standard() {
        try (InputStream in =
                Objects.requireNonNull(FieldIds.class.getResourceAsStream("fields.txt"))) {
            return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("fields.txt of this program cannot be read", e);
        }
    }

    static FieldIds read(BufferedReader lines) {
        Map<String, Map<String, Integer>> table = new TreeMap<>();
        lines.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(line -> readLine(line, table));
        return new FieldIds(table);
    }

    private static void readLine(String line, Map<String, Map<String, Integer>> table) {
        String[] words = line.strip().split(" +");
        Map<String, Integer> ids = new HashMap<>();
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            int id = Integer.parseInt(words[i].substring(equals + 1));
            if (ids.containsValue(id) || id < 1) {
                throw new IllegalStateException("fields.txt: bad or doubled number: " + line);
            }
            ids.put(words[i].substring(0, equals), id);
        }
        table.put(words[0], ids);
    }

    /// All numbers of a type; those of names that are gone begin with a minus.
    Map<String, Integer> of(Class<?> type) {
        return byType.getOrDefault(nameOf(type), Map.of());
    }

    /// The number of a name.
    ///
    /// @throws IllegalStateException when the table has none
    int id(Class<?> type, String name) {
        Integer id = of(type).get(name);
        if (id == null) {
            throw new IllegalStateException(
                    "fields.txt has no number for %s of %s: add the next free one"
                            .formatted(name, nameOf(type)));
        }
        return id;
    }

    /// `Exit.Code` for a nested type.
    static String nameOf(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }
}
