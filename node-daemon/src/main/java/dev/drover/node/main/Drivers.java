package dev.drover.node.main;

import dev.drover.node.driver.AbsentDriver;
import dev.drover.node.driver.Driver;
import dev.drover.node.driver.fake.FakeDriver;
import dev.drover.node.driver.jail.FreeBsdDriver;
import dev.drover.node.driver.jail.JailDriver;
import dev.drover.node.driver.jail.Jails;
import dev.drover.node.driver.jail.JavaHome;
import dev.drover.node.driver.raw.RawExecDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The drivers of a node.
final class Drivers {
    private Drivers() {}

    /// Where FreeBSD keeps the tools of its jails.
    private static final Path FREEBSD_TOOLS = Path.of("/usr/sbin");

    /// The folder of FreeBSD's tools, where these build the jails.
    ///
    /// @param runtime what the operators say builds them: a folder has FreeBSD's tools
    /// @param system the name of this one, as Java calls it
    static Optional<Path> freeBsdTools(Optional<String> runtime, String system) {
        return runtime.isEmpty()
                ? Optional.of(FREEBSD_TOOLS).filter(_ -> system.equals("FreeBSD"))
                : runtime.map(Path::of).filter(Files::isDirectory);
    }

    /// All of them, also those that cannot be used here: they say why.
    ///
    /// @param tools the folder of FreeBSD's, where these build the jails
    static List<Driver> of(Jails jails, Optional<Path> tools, Map<String, String> environment)
            throws IOException {
        Function<String, Driver> jail =
                name ->
                        tools.<Driver>map(bin ->
                                        new FreeBsdDriver(
                                                name,
                                                jails.supervisor(),
                                                bin,
                                                jails.policy(),
                                                jails.written()))
                                .orElseGet(() -> JailDriver.jail(name, jails));
        return List.of(
                new RawExecDriver(jails.supervisor()),
                JailDriver.exec(jails),
                jail.apply("jail"),
                jail.apply("jail-task-driver"), // as jobs from FreeBSD name it
                JavaHome.find(environment)
                        .<Driver>map(home -> JailDriver.java(jails, home))
                        .orElseGet(() ->
                                new AbsentDriver(
                                        "java", "no Java is in this node's JAVA_HOME or PATH")),
                new FakeDriver(new FakeDriver.World()));
    }
}
