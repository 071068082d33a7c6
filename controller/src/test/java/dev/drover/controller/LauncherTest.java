package dev.drover.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The launcher `drover`, with programs that only say how they were called.
class LauncherTest {
    /// What a command finds on its class path; everything else is for the long-running roles.
    private static final Path COMMAND_JARS = Path.of("..", ".ci", "package", "command.jars");

    @TempDir Path folder;
    private Path home;
    private Path jdk;

    @BeforeEach
    void a_clone_with_a_build_and_a_jdk() throws IOException {
        home = Files.createDirectories(folder.resolve("a clone"));
        jdk = Files.createDirectories(folder.resolve("jdk 25"));
        Files.copy(Path.of("..", "drover"), home.resolve("drover"));
        write(home.resolve(".ci/package/command.jars"), Files.readString(COMMAND_JARS));
        write(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.3\"\n");
        program(jdk.resolve("bin/java"), "for arg; do echo \"$arg\"; done");
        program(jdk.resolve("bin/javac"), "");
        program(
                home.resolve("mvnw"),
                "echo \"built with $JAVA_HOME\" >built; touch controller/target/drover.jar");
        write(home.resolve("controller/pom.xml"), "");
        write(home.resolve("controller/src/main/java/A.java"), "");
        write(home.resolve("pom.xml"), "");
        write(home.resolve("controller/target/drover.jar"), "");
        age(
                home.resolve("pom.xml"),
                home.resolve("controller/pom.xml"),
                home.resolve("controller/src/main/java/A.java"));
    }

    @Test
    void starts_the_program_with_the_words_as_they_were_typed() throws Exception {
        Ran ran = run(home.resolve("drover"), "status", "a b", "");

        assertThat(ran.code).isZero();
        assertThat(ran.lines).endsWith("dev.drover.controller.main.Main", "status", "a b", "");
        assertThat(ran.lines).contains("-Xmx96m", "-Ddrover.terminal=false");
        assertThat(home.resolve("built")).doesNotExist();
    }

    @Test
    void starts_through_a_link_from_elsewhere() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("dr"), home.resolve("drover"));

        assertThat(run(link, "version").lines)
                .endsWith("dev.drover.controller.main.Main", "version");
    }

    @Test
    void where_no_program_is_in_the_path_what_is_built_runs() throws Exception {
        Path nothing = Files.createDirectory(folder.resolve("nothing"));

        Ran ran = run(Map.of("PATH", nothing.toString()), home.resolve("drover"), "version");

        assertThat(ran.lines.getFirst()).startsWith("-X");
        assertThat(ran.lines).endsWith("dev.drover.controller.main.Main", "version");
    }

    /// What the system says of a full disk is known by its words.
    @Test
    void the_system_speaks_english_and_letters_stay_as_they_are() throws Exception {
        program(jdk.resolve("bin/java"), "echo \"${LC_ALL-none} $LC_CTYPE $LC_MESSAGES\"");

        Ran ran = run(Map.of("LC_ALL", "de_DE.UTF-8"), home.resolve("drover"), "version");

        assertThat(ran.lines).containsExactly("none de_DE.UTF-8 C");
    }

    @Test
    void long_running_roles_are_not_squeezed() throws Exception {
        assertThat(run(home.resolve("drover"), "agent", "--dev").lines).doesNotContain("-Xmx96m");
        assertThat(run(home.resolve("drover"), "node", "--server", "x").lines)
                .doesNotContain("-Xmx96m");
        assertThat(run(home.resolve("drover"), "node", "status").lines).contains("-Xmx96m");
    }

    /// As a long-running role does: with every library, the store's among them.
    @ParameterizedTest
    @ValueSource(strings = {"backup", "restore", "check"})
    void what_opens_a_store_finds_every_library(String word) throws Exception {
        assertThat(run(home.resolve("drover"), "store", word, "x").lines)
                .contains("--enable-native-access=ALL-UNNAMED")
                .anyMatch(line -> line.endsWith("/controller/target/lib/*"));
        assertThat(run(home.resolve("drover"), "store", "stats").lines)
                .noneMatch(line -> line.endsWith("/*"));
    }

    @Test
    void builds_when_there_is_no_build_and_says_so() throws Exception {
        Files.delete(home.resolve("controller/target/drover.jar"));

        Ran ran = run(home.resolve("drover"), "version");

        assertThat(ran.lines.getFirst())
                .isEqualTo("drover: building (not built yet), this takes a minute or two");
        assertThat(home.resolve("built")).hasContent("built with " + jdk);
    }

    @Test
    void builds_when_a_source_is_newer_than_the_build() throws Exception {
        Path source = home.resolve("controller/src/main/java/A.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(run(home.resolve("drover"), "version").lines.getFirst())
                .contains("controller/src/main/java/A.java is newer than the build");
    }

    @Test
    void a_build_that_fails_shows_its_end_and_starts_nothing() throws Exception {
        Files.delete(home.resolve("controller/target/drover.jar"));
        program(home.resolve("mvnw"), "echo '[ERROR] it broke'; exit 1");

        Ran ran = run(home.resolve("drover"), "version");

        assertThat(ran.code).isEqualTo(1);
        assertThat(ran.lines).contains("[ERROR] it broke").doesNotContain("version");
        assertThat(ran.lines.getLast()).startsWith("  fix: ");
    }

    @Test
    void commands_find_every_library_that_their_rooms_may_use() throws IOException {
        List<String> missing = new ArrayList<>();
        for (String row : Files.readAllLines(Path.of("src/test/resources/house/libraries.txt"))) {
            if (row.matches("[^#]*:.* (manifests|controller\\.(cli|client|main))\\b.*")) {
                library(row.substring(0, row.indexOf(':'))).ifPresent(missing::add);
            }
        }

        missing.removeAll(Files.readAllLines(COMMAND_JARS));

        assertThat(missing).isEmpty();
    }

    /// Help looks at every command, also at those that need more libraries to do something.
    @Test
    void help_needs_no_more_libraries_than_commands_have() throws Exception {
        Ran ran = command("-cp", classesOfCommands(), "dev.drover.controller.main.Main", "help");

        assertThat(ran.lines).anyMatch(line -> line.startsWith("  store backup "));
        assertThat(ran.code).isZero();
    }

    /// To look for a class that nobody has opens all jars, which costs more than most commands.
    @Test
    void a_command_looks_for_no_class_that_is_not_there() throws Exception {
        Ran ran =
                command(
                        "-Xlog:exceptions=info",
                        "-cp",
                        classesOfCommands(),
                        "dev.drover.controller.main.Main",
                        "version");

        assertThat(ran.lines).noneMatch(line -> line.contains("ClassNotFoundException"));
        assertThat(ran.code).isZero();
    }

    private Ran command(String... words) throws IOException, InterruptedException {
        return run(Path.of(System.getProperty("java.home"), "bin", "java"), words);
    }

    private static String classesOfCommands() throws IOException {
        Set<String> jars = Set.copyOf(Files.readAllLines(COMMAND_JARS));
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path ->
                        path.endsWith(".jar")
                                ? jars.contains(unversioned(path))
                                : path.matches(".*/(manifests|controller)/.*/classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String unversioned(String jar) {
        return Path.of(jar)
                .getFileName()
                .toString()
                .replaceFirst("-[0-9][0-9.]*[^/]*\\.jar$", ".jar");
    }

    /// The jar that has this package, as the launcher's folder names it.
    private static Optional<String> library(String start) throws IOException {
        String folder = start.replace('.', '/') + "/";
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (path.endsWith(".jar")) {
                try (var jar = new ZipFile(path)) {
                    if (jar.stream().anyMatch(entry -> entry.getName().startsWith(folder))) {
                        return Optional.of(unversioned(path));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private record Ran(int code, List<String> lines) {}

    private Ran run(Path program, String... words) throws IOException, InterruptedException {
        return run(Map.of(), program, words);
    }

    private Ran run(Map<String, String> variables, Path program, String... words)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(words));
        var builder =
                new ProcessBuilder(command).redirectErrorStream(true).directory(folder.toFile());
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().remove("DROVER_JAVA_OPTS");
        builder.environment().putAll(variables);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), output.lines().toList());
    }

    private static void program(Path path, String script) throws IOException {
        write(path, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void write(Path path, String text) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static void age(Path... paths) throws IOException {
        for (Path path : paths) {
            Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(60)));
        }
    }
}
