package dev.drover.house;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Who may import whom, as data. `house/imports.txt` is what the code does, a row per package,
/// rewritten by `make golden` and reviewed as a diff. `house/libraries.txt` and the rooms' order
/// below are the law.
class ArchitectureTest {

    private static final String ROOT = "dev.drover.";

    /// A room may use those before it; the node daemon and the controller's order is special.
    private static final Map<String, Set<String>> ROOMS =
            Map.of(
                    "manifests", Set.of("manifests"),
                    "store", Set.of("store", "manifests"),
                    "reconcilers", Set.of("reconcilers", "manifests", "store"),
                    "node", Set.of("node", "manifests"),
                    "controller",
                            Set.of("controller", "manifests", "store", "reconcilers", "node"));

    /// Packages that are lighter or stricter than their room: the only packages of ours that they
    /// may use.
    private static final Map<String, Set<String>> STRICT =
            Map.of(
                    "controller.cli", Set.of("controller.cli", "controller.client", "manifests"),
                    "controller.client", Set.of("controller.client", "manifests"));

    /// From room to room, and the only packages that may cross.
    private static final Map<String, Set<String>> CROSSINGS =
            Map.of(
                    "store manifests", Set.of("store.typed"),
                    "controller node", Set.of("controller.dev", "controller.main"));

    private static JavaClasses classes = new ClassFileImporter().importClasses(List.of());

    @BeforeAll
    static void read() {
        classes =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.drover");
    }

    @Test
    void sees_the_classes_at_all() {
        assertThat(classes.size()).isGreaterThan(150);
    }

    @Test
    void imports_are_those_of_the_table() throws IOException {
        String actual =
                imports().entrySet().stream()
                        .map(ArchitectureTest::row)
                        .collect(joining("\n", "", "\n"));
        Path table = Sources.TOP.resolve("controller/src/test/resources/house/imports.txt");

        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(table, actual);
        }

        assertThat(actual)
                .as(
                        "house/imports.txt against the code: think, then `make golden` and read the diff")
                .isEqualTo(Files.readString(table));
    }

    @Test
    void rooms_import_in_one_direction() {
        List<String> wrong = new ArrayList<>();
        imports()
                .forEach((from, targets) -> {
                    for (String to : targets) {
                        if (ours(to) && !mayUse(from, to)) {
                            wrong.add(from + " → " + to);
                        }
                    }
                });
        assertThat(wrong).as("imports against the order of the rooms").isEmpty();
    }

    @Test
    void libraries_stay_in_their_packages() throws IOException {
        Map<String, Set<String>> law = libraries();
        Set<String> wrong = new TreeSet<>();
        for (JavaClass from : classes) {
            String ours = shortName(from.getPackageName());
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                String to = dependency.getTargetClass().getBaseComponentType().getPackageName();
                if (!to.isEmpty() && !to.startsWith("dev.drover") && !allowed(law, ours, to)) {
                    wrong.add(ours + " → " + to);
                }
            }
        }
        assertThat(wrong).as("libraries outside their packages (house/libraries.txt)").isEmpty();
    }

    @Test
    void packages_form_no_cycle() {
        SlicesRuleDefinition.slices()
                .matching("dev.drover.(**)")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    private static boolean mayUse(String from, String to) {
        if (STRICT.containsKey(from)) {
            return STRICT.get(from).stream().anyMatch(p -> to.equals(p) || to.startsWith(p + "."));
        }
        Set<String> crossing = CROSSINGS.getOrDefault(room(from) + " " + room(to), Set.of(from));
        return ROOMS.getOrDefault(room(from), Set.of()).contains(room(to))
                && crossing.contains(from);
    }

    /// Java's own packages are free unless the law names them.
    private static boolean allowed(Map<String, Set<String>> law, String ours, String library) {
        var rule = law.entrySet().stream().filter(e -> library.startsWith(e.getKey())).findFirst();
        return rule.map(e -> e.getValue().contains(ours))
                .orElse(
                        library.startsWith("java.")
                                || library.startsWith("javax.")
                                || library.startsWith("org.jspecify"));
    }

    private static Map<String, Set<String>> imports() {
        Map<String, Set<String>> rows = new TreeMap<>();
        for (JavaClass from : classes) {
            Set<String> row =
                    rows.computeIfAbsent(shortName(from.getPackageName()), _ -> new TreeSet<>());
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                String to = dependency.getTargetClass().getBaseComponentType().getPackageName();
                if (to.startsWith("dev.drover") && !to.equals(from.getPackageName())) {
                    row.add(shortName(to));
                }
            }
        }
        return rows;
    }

    private static Map<String, Set<String>> libraries() throws IOException {
        Map<String, Set<String>> law = new TreeMap<>();
        for (String line :
                Files.readAllLines(
                        Sources.TOP.resolve("controller/src/test/resources/house/libraries.txt"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                int colon = line.indexOf(':');
                law.put(
                        line.substring(0, colon),
                        Set.of(line.substring(colon + 1).strip().split(" +")));
            }
        }
        return law;
    }

    private static boolean ours(String shortName) {
        return ROOMS.containsKey(room(shortName));
    }

    private static String room(String shortName) {
        return shortName.contains(".") ? shortName.substring(0, shortName.indexOf('.')) : shortName;
    }

    private static String shortName(String packageName) {
        return packageName.startsWith(ROOT) ? packageName.substring(ROOT.length()) : packageName;
    }

    private static String row(Map.Entry<String, Set<String>> entry) {
        return (entry.getKey() + ": " + String.join(" ", entry.getValue())).strip();
    }
}
