package dev.drover.manifests.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.ExecConfig;
import dev.drover.manifests.model.FakeConfig;
import dev.drover.manifests.model.GitSourceSpec;
import dev.drover.manifests.model.JailConfig;
import dev.drover.manifests.model.JavaConfig;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.NamespaceSpec;
import dev.drover.manifests.model.RawExecConfig;
import dev.drover.manifests.model.Value;
import dev.drover.manifests.model.VariableSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The list of what the records' comments say: made here, from the comments.
class FieldDocsTest {
    private static final Path MODEL = Path.of("src/main/java/dev/drover/manifests/model");
    private static final Path LIST =
            Path.of("src/main/resources/dev/drover/manifests/shape/docs.txt");

    private static final List<Class<? extends Record>> SPECS =
            List.of(
                    JobSpec.class,
                    VariableSpec.class,
                    GitSourceSpec.class,
                    NamespaceSpec.class,
                    ExecConfig.class,
                    RawExecConfig.class,
                    JavaConfig.class,
                    FakeConfig.class,
                    JailConfig.class);

    /// A comment and the type below it, however deep inside of another.
    private static final Pattern TYPE =
            Pattern.compile(
                    "((?:^ *///.*\\n)+)(?:^ *@.*\\n)*^( *)(?:public )?(?:sealed )?"
                            + "(?:record|enum|interface) (\\w+)",
                    Pattern.MULTILINE);

    @Test
    void the_list_says_what_the_comments_say() throws IOException {
        String actual = list();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(LIST, actual);
        }

        assertThat(actual).isEqualTo(Files.readString(LIST));
    }

    @Test
    void every_field_that_people_write_says_what_it_is() {
        Set<Class<?>> seen = new HashSet<>();
        List<String> silent = new ArrayList<>();
        FieldDocs docs = FieldDocs.read();
        for (Class<? extends Record> spec : SPECS) {
            collect(new Shape.Struct(spec), seen, docs, silent);
        }

        assertThat(seen).hasSizeGreaterThan(70);
        assertThat(silent).isEmpty();
    }

    private static void collect(
            Shape shape, Set<Class<?>> seen, FieldDocs docs, List<String> silent) {
        switch (shape) {
            case Shape.Maybe(Shape of) -> collect(of, seen, docs, silent);
            case Shape.Items(Shape of) -> collect(of, seen, docs, silent);
            case Shape.Fields(Shape of) -> collect(of, seen, docs, silent);
            case Shape.Union(var type) when type != Value.class && seen.add(type) ->
                    Stream.of(type.getPermittedSubclasses())
                            .forEach(each ->
                                    collect(
                                            new Shape.Struct(each.asSubclass(Record.class)),
                                            seen,
                                            docs,
                                            silent));
            case Shape.Struct(var type) when seen.add(type) -> {
                for (Component component : RecordShape.of(type).components()) {
                    if (docs.of(type, component).isEmpty()) {
                        silent.add(type.getSimpleName() + "." + component.name());
                    }
                    collect(component.shape(), seen, docs, silent);
                }
            }
            default -> {} // scalars, and what was seen
        }
    }

    private static String list() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(MODEL)) {
            for (Path file : files.sorted().toList()) {
                String outer = file.getFileName().toString().replace(".java", "");
                Matcher types = TYPE.matcher(Files.readString(file));
                while (types.find()) {
                    String name = types.group(3).equals(outer) ? "" : "." + types.group(3);
                    put(outer + name, types.group(1), texts);
                }
            }
        }
        return texts.entrySet().stream()
                .map(entry -> entry.getKey() + "\t" + entry.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /// The first paragraph is about the type, each `@param` about a component.
    private static void put(String type, String comment, Map<String, String> into) {
        String key = type;
        for (String line : comment.lines().map(String::strip).toList()) {
            String text = line.replaceFirst("^/// ?", "").strip();
            if (text.startsWith("@param ")) {
                String[] words = text.split(" ", 3);
                key = type + "." + words[1];
                text = words[2];
            } else if (text.isEmpty()) {
                key = "";
            }
            if (!key.isEmpty()) {
                into.merge(key, text, (before, more) -> before + " " + more);
            }
        }
    }
}
