package dev.drover.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import dev.drover.house.Sources.Parsed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Sizes, names and words of docs/STYLE.md. Each message says what to do instead.
class TidyTest {

    private static final int FILE_LINES_MAX = 500;
    private static final int METHOD_LINES_MAX = 60;
    private static final int PARAMETERS_MAX = 5;

    /// Seven is advice for review: a view, or a sum of what is asked, is a plain table and would be
    /// nested for the count alone. Twelve nobody can keep apart.
    private static final int COMPONENTS_MAX = 12;

    private static final int TYPES_PER_PACKAGE_MAX = 25;

    /// Packages of plain data (or of one class per command) where counting says nothing.
    private static final Set<String> COUNT_FREE =
            Set.of(
                    "dev.drover.manifests.model",
                    "dev.drover.manifests.wire",
                    "dev.drover.controller.cli");

    /// A word, where it may stand after all, and what to write instead.
    private record Banned(Pattern word, Pattern allowedIn, String instead) {
        static Banned of(String word, String allowedIn, String instead) {
            return new Banned(Pattern.compile(word), Pattern.compile(allowedIn), instead);
        }
    }

    private static final String NOWHERE = "^$";

    private static final List<Banned> BANNED =
            List.of(
                    Banned.of("\\b(TODO|FIXME|XXX)\\b", NOWHERE, "do it, or file an issue"),
                    Banned.of("@author", NOWHERE, "git knows"),
                    Banned.of(
                            "System\\.(out|err)\\b",
                            "/cli/|/controller/main/|/node/main/|/bench/|/src/test/",
                            "return it, or print through Out"),
                    Banned.of("printStackTrace", NOWHERE, "let it pass, or say what failed"),
                    Banned.of(
                            "Thread\\.sleep",
                            // What another process does to a file can only be looked at again.
                            "/node/supervision/|/node/os/",
                            "wait for the thing itself"),
                    Banned.of(
                            "(Instant|LocalDateTime|ZonedDateTime|Clock)(\\.|::)(now|system)",
                            "/controller/(main|dev|cli|server)/|/node/main/|/loop/|/link/|/bench/|/src/test/",
                            "take an Instant or an InstantSource"),
                    Banned.of("new Random\\(\\)|Math\\.random", NOWHERE, "take a RandomGenerator"),
                    Banned.of(
                            "catch \\((Exception|Throwable) ",
                            // The tops of loops and programs, and where Java itself declares it:
                            // method
                            // handles and AutoCloseable.
                            "/loop/|/controller/main/|/node/main/|/shape/Component|/os/Libc|/rocks/Database",
                            "catch what you expect"),
                    Banned.of("\\bcatch \\(NullPointerException", NOWHERE, "there is no null"));

    private static final Pattern BAD_TYPE_NAME =
            Pattern.compile("(Manager|Helper|Helpers|Util|Utils|Impl)$");

    private static List<Parsed> sources = List.of();

    @BeforeAll
    static void parse() throws IOException {
        sources = Sources.all();
    }

    @Test
    void sees_the_sources_at_all() {
        assertThat(sources).hasSizeGreaterThan(100);
    }

    @Test
    void files_are_short() {
        assertThat(sources)
                .filteredOn(s -> s.lines().size() > FILE_LINES_MAX)
                .extracting(s -> s.path() + ": " + s.lines().size() + " lines")
                .as("files beyond %s lines: split them by what they do", FILE_LINES_MAX)
                .isEmpty();
    }

    @Test
    void methods_are_short() {
        assertThat(methods((source, method) -> tooLong(source, method)))
                .as("methods beyond %s lines: name their parts", METHOD_LINES_MAX)
                .isEmpty();
    }

    @Test
    void parameters_are_few() {
        assertThat(methods((source, method) -> tooMany(source, method)))
                .as("methods with more than %s parameters: they want a record", PARAMETERS_MAX)
                .isEmpty();
    }

    @Test
    void names_say_what_a_thing_is() {
        assertThat(types((source, type) -> BAD_TYPE_NAME.matcher(type.getSimpleName()).find()))
                .as("names that say where it is kept, not what it is")
                .isEmpty();
    }

    @Test
    void records_have_few_components() {
        assertThat(
                        types((source, type) ->
                                type.getKind() == Tree.Kind.RECORD
                                        && !source.test()
                                        && !COUNT_FREE.contains(source.packageName())
                                        && components(type) > COMPONENTS_MAX))
                .as("records with more than %s components: nest one", COMPONENTS_MAX)
                .isEmpty();
    }

    @Test
    void packages_are_small() {
        Map<String, Integer> counts = new TreeMap<>();
        for (Parsed source : sources) {
            if (!source.test() && !source.path().endsWith("package-info.java")) {
                counts.merge(source.packageName(), 1, Integer::sum);
            }
        }
        counts.keySet().removeAll(COUNT_FREE);
        counts.values().removeIf(n -> n <= TYPES_PER_PACKAGE_MAX);
        assertThat(counts).as("packages with more than %s files", TYPES_PER_PACKAGE_MAX).isEmpty();
    }

    @Test
    void nothing_static_changes() {
        List<String> found = new ArrayList<>();
        for (Parsed source : sources) {
            if (source.test()) {
                continue;
            }
            new TreeScanner<Boolean, List<String>>() {
                @Override
                public Boolean visitVariable(VariableTree variable, List<String> into) {
                    Set<Modifier> flags = variable.getModifiers().getFlags();
                    if (flags.contains(Modifier.STATIC) && !flags.contains(Modifier.FINAL)) {
                        into.add(at(source, variable) + " " + variable.getName());
                    }
                    return super.visitVariable(variable, into);
                }
            }.scan(source.unit(), found);
        }
        assertThat(found).as("static fields that change: hand them in").isEmpty();
    }

    @Test
    void public_types_say_what_they_are() {
        assertThat(
                        types((source, type) ->
                                !source.test()
                                        && type.getModifiers().getFlags().contains(Modifier.PUBLIC)
                                        && !documented(source, type)))
                .as("public types without a /// sentence")
                .isEmpty();
    }

    @Test
    void public_methods_say_what_they_do() {
        assertThat(
                        methods((source, method) ->
                                !source.test()
                                        && method.getReturnType() != null
                                        && method.getModifiers()
                                                .getFlags()
                                                .contains(Modifier.PUBLIC)
                                        && method.getModifiers().getAnnotations().isEmpty()
                                        && !documented(source, method)))
                .as("public methods without a /// sentence")
                .isEmpty();
    }

    @Test
    void every_package_is_introduced() {
        Set<String> introduced = new java.util.TreeSet<>();
        Set<String> all = new java.util.TreeSet<>();
        for (Parsed source : sources) {
            if (!source.test()) {
                all.add(source.packageName());
                if (source.path().endsWith("package-info.java")) {
                    introduced.add(source.packageName());
                    assertThat(source.lines().getFirst())
                            .as(source.path().toString())
                            .startsWith("///");
                }
            }
        }
        all.removeAll(introduced);
        assertThat(all).as("packages without package-info.java").isEmpty();
    }

    @Test
    void banned_words_are_absent() {
        List<String> found = new ArrayList<>();
        for (Parsed source : sources) {
            String path = "/" + source.path();
            if (path.contains("/dev/drover/house/")) {
                continue;
            }
            for (int i = 0; i < source.lines().size(); i++) {
                for (Banned banned : BANNED) {
                    if (banned.word().matcher(source.lines().get(i)).find()
                            && !banned.allowedIn().matcher(path).find()) {
                        found.add(
                                source.path()
                                        + ":"
                                        + (i + 1)
                                        + " "
                                        + banned.word()
                                        + ": "
                                        + banned.instead());
                    }
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private interface TypeRule {
        boolean breaks(Parsed source, ClassTree type);
    }

    private interface MethodRule {
        boolean breaks(Parsed source, MethodTree method);
    }

    private static List<String> types(TypeRule rule) {
        List<String> found = new ArrayList<>();
        for (Parsed source : sources) {
            new TreeScanner<Boolean, List<String>>() {
                @Override
                public Boolean visitClass(ClassTree type, List<String> into) {
                    if (!type.getSimpleName().isEmpty() && rule.breaks(source, type)) {
                        into.add(at(source, type) + " " + type.getSimpleName());
                    }
                    return super.visitClass(type, into);
                }
            }.scan(source.unit(), found);
        }
        return found;
    }

    private static List<String> methods(MethodRule rule) {
        List<String> found = new ArrayList<>();
        for (Parsed source : sources) {
            new TreeScanner<Boolean, List<String>>() {
                @Override
                public Boolean visitMethod(MethodTree method, List<String> into) {
                    if (rule.breaks(source, method)) {
                        into.add(at(source, method) + " " + method.getName());
                    }
                    return super.visitMethod(method, into);
                }
            }.scan(source.unit(), found);
        }
        return found;
    }

    private static boolean tooLong(Parsed source, MethodTree method) {
        if (method.getBody() == null) {
            return false;
        }
        var positions = source.trees().getSourcePositions();
        long start = positions.getStartPosition(source.unit(), method.getBody());
        long end = positions.getEndPosition(source.unit(), method.getBody());
        return end > start && source.line(end) - source.line(start) + 1 > METHOD_LINES_MAX;
    }

    /// A constructor takes what its record has or its class uses: both are counted elsewhere.
    private static boolean tooMany(Parsed source, MethodTree method) {
        return method.getReturnType() != null
                && !COUNT_FREE.contains(source.packageName())
                && method.getParameters().size() > PARAMETERS_MAX;
    }

    private static long components(ClassTree type) {
        return type.getMembers().stream()
                .filter(m ->
                        m instanceof VariableTree v
                                && !v.getModifiers().getFlags().contains(Modifier.STATIC))
                .count();
    }

    private static boolean documented(Parsed source, Tree tree) {
        long start = source.trees().getSourcePositions().getStartPosition(source.unit(), tree);
        int above = (int) source.line(start) - 2;
        return above >= 0 && source.lines().get(above).strip().startsWith("///");
    }

    private static String at(Parsed source, Tree tree) {
        long start = source.trees().getSourcePositions().getStartPosition(source.unit(), tree);
        return source.path() + ":" + source.line(start);
    }
}
