package dev.drover.node.driver.jail;

import static dev.drover.node.driver.DriverContract.list;
import static dev.drover.node.driver.DriverContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.Value;
import dev.drover.node.driver.Driver;
import dev.drover.node.driver.DriverContract;
import dev.drover.node.driver.Start;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.jail.Busybox;
import dev.drover.node.jail.Golden;
import dev.drover.node.jail.JailPolicy;
import dev.drover.node.jail.LinuxJailTest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Java that runs this test runs a program of ours.
final class JavaDriverTest implements DriverContract {
    private static final String PROGRAM =
            """
            import java.nio.file.*;
            import java.util.concurrent.locks.LockSupport;

            public class Program {
                public static void main(String[] words) throws Exception {
                    switch (words[0]) {
                        case "exit" -> System.exit(Integer.parseInt(words[1]));
                        case "last" -> last();
                        case "resist" -> {
                            Runtime.getRuntime().addShutdownHook(new Thread(Program::last));
                            last();
                        }
                        case "look" ->
                            System.exit(new ProcessBuilder("/bin/sh", "-c", words[1]).inheritIO().start().waitFor());
                        case "tell" -> {
                            System.out.println(System.getProperty("user.name"));
                            System.out.println(Path.of("").toAbsolutePath());
                            System.out.println(Runtime.getRuntime().maxMemory() >> 20);
                            System.out.println(System.getProperty("said", "-"));
                            System.out.println(Files.exists(Path.of("/etc/shadow")));
                            System.out.println(String.join(",", words));
                        }
                        default -> throw new IllegalArgumentException(words[0]);
                    }
                }

                static void last() {
                    while (true) {
                        LockSupport.park();
                    }
                }
            }
            """;

    /// The compiled program, once for all.
    @TempDir static Path classes;

    @TempDir Path temp;
    private JailedRuns runs;
    private Jails jails;

    @BeforeAll
    static void compile() throws IOException {
        Path source = Files.writeString(classes.resolve("Program.java"), PROGRAM);
        int failed =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", classes.toString(), source.toString());
        assertThat(failed).isZero();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "Program");
        try (OutputStream file = Files.newOutputStream(classes.resolve("app.jar"));
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            jar.putNextEntry(new JarEntry("Program.class"));
            Files.copy(classes.resolve("Program.class"), jar);
        }
    }

    @BeforeEach
    void open() throws Exception {
        Busybox.assumeJails();
        runs = new JailedRuns(temp);
        jails = runs.jails(JailPolicy.CLOSED);
    }

    @AfterEach
    void close() {
        if (runs != null) {
            runs.close();
        }
    }

    private static JavaHome home() {
        try {
            return JavaHome.find(Map.of("JAVA_HOME", System.getProperty("java.home")))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Driver driver() {
        return JailDriver.java(jails, home());
    }

    @Override
    public Driver reborn() {
        return JailDriver.java(runs.jails(JailPolicy.CLOSED), home());
    }

    /// A JVM takes a while until it has set up how it takes signals.
    @Override
    public Duration settling() {
        return Duration.ofSeconds(2);
    }

    @Override
    public TaskRun run(Map<String, Value> config) {
        TaskRun run = runs.run(config, JailedRuns.memory(128));
        try {
            for (String file : List.of("app.jar", "Program.class")) {
                Files.copy(classes.resolve(file), run.folders().local().resolve(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return run;
    }

    private static Map<String, Value> program(String... words) {
        Map<String, Value> config = new HashMap<>();
        config.put("class", text("Program"));
        config.put("class_path", text("local"));
        config.put("args", list(words));
        return config;
    }

    @Override
    public Map<String, Value> exiting(int code) {
        return program("exit", Integer.toString(code));
    }

    /// Without `-Xrs` Java ends with 143 when it gets SIGTERM: it says so itself.
    @Override
    public Map<String, Value> lasting() {
        Map<String, Value> config = program("last");
        config.put("jvm_options", list("-Xrs"));
        return config;
    }

    @Override
    public Map<String, Value> stubborn() {
        return program("resist");
    }

    private String output(TaskRun run) throws Exception {
        assertThat(started(run).await(SOON)).contains(new Exit.Code(0));
        return JailedRuns.output(run, "stdout");
    }

    @Test
    void says_which_java_it_has() {
        assertThat(driver().fingerprint().attributes())
                .containsEntry("version", System.getProperty("java.version"))
                .containsEntry("seccomp", "yes");
    }

    @Test
    void a_jar_runs_as_nobody_with_the_heap_its_memory_allows() throws Exception {
        TaskRun run =
                run(
                        Map.of(
                                "jar_path", text("local/app.jar"),
                                "jvm_options", list("-Dsaid=hello", "-XX:+UseSerialGC"),
                                "args", list("tell", "${x}")));

        String[] lines = output(run).split("\n", -1);

        assertThat(lines[0]).isEqualTo("nobody");
        assertThat(lines[1]).isEqualTo("/task");
        assertThat(Integer.parseInt(lines[2])).isBetween(80, 96);
        assertThat(lines[3]).isEqualTo("hello");
        assertThat(lines[4]).isEqualTo("false");
        assertThat(lines[5]).isEqualTo("tell,${x}");
    }

    @Test
    void from_inside_it_looks_like_this() throws Exception {
        TaskRun run = run(program("look", LinuxJailTest.LISTING + "true"));

        Golden.check("inside-java.txt", JailedRuns.onAnyMachine(run, output(run)));
    }

    @Test
    void a_heap_that_the_author_sizes_is_not_sized_again() throws Exception {
        Map<String, Value> config = program("tell");
        config.put("jvm_options", list("-Xmx32m", "-XX:+UseSerialGC"));

        assertThat(Integer.parseInt(output(run(config)).split("\n", -1)[2])).isLessThan(33);
    }

    @Test
    void a_jar_that_is_not_there_or_a_class_beside_it_is_refused() throws Exception {
        assertThat(driver().start(run(Map.of("jar_path", text("local/none.jar")))))
                .isInstanceOfSatisfying(
                        Start.Refused.class,
                        refused -> assertThat(refused.because()).contains("local/none.jar"));
        assertThat(
                        driver().start(
                                        run(
                                                Map.of(
                                                        "jar_path", text("local/app.jar"),
                                                        "class", text("Program")))))
                .isInstanceOf(Start.Refused.class);
    }

    @Test
    void a_node_without_java_says_so() throws Exception {
        assertThat(JavaHome.find(Map.of("PATH", temp.toString()))).isEqualTo(Optional.empty());
    }
}
