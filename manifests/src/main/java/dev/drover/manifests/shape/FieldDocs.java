package dev.drover.manifests.shape;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/// What the comments of the model's records say of their components, for people who run the program
/// and have no sources: a list beside the classes, made from the sources by `make golden`.
public final class FieldDocs {
    private static final String LIST = "docs.txt";

    private final Map<String, String> texts;

    private FieldDocs(Map<String, String> texts) {
        this.texts = Map.copyOf(texts);
    }

    /// Reads the list. Few commands need it, so it is read when one does.
    public static FieldDocs read() {
        try (InputStream in = FieldDocs.class.getResourceAsStream(LIST)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its part " + LIST);
            }
            Stream<String> lines =
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines();
            Map<String, String> texts = new HashMap<>();
            lines.forEach(line -> {
                int tab = line.indexOf('\t');
                texts.put(line.substring(0, tab), line.substring(tab + 1));
            });
            return new FieldDocs(texts);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read a part of the program", e);
        }
    }

    /// What a record is; empty when its comment does not say.
    public String of(Class<?> type) {
        return texts.getOrDefault(key(type), "");
    }

    /// What a component of a record is; empty when the record's comment does not say.
    public String of(Class<?> owner, Component component) {
        return texts.getOrDefault(key(owner) + "." + component.name(), "");
    }

    private static String key(Class<?> type) {
        String name = type.getName().substring(type.getPackageName().length() + 1);
        return name.replace('$', '.');
    }
}
