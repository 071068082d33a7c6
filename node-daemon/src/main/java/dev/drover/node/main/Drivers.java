package dev.drover.node.main;

import dev.drover.node.driver.AbsentDriver;
import dev.drover.node.driver.Driver;
import dev.drover.node.driver.fake.FakeDriver;
import dev.drover.node.driver.jail.JailDriver;
import dev.drover.node.driver.jail.Jails;
import dev.drover.node.driver.jail.JavaHome;
import dev.drover.node.driver.raw.RawExecDriver;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// The drivers of a node.
final class Drivers {
    private Drivers() {}

    /// All of them, also those that cannot be used here: they say why.
    static List<Driver> of(Jails jails, Map<String, String> environment) throws IOException {
        return List.of(
                new RawExecDriver(jails.supervisor()),
                JailDriver.exec(jails),
                JailDriver.jail("jail", jails),
                JailDriver.jail("jail-task-driver", jails), // as jobs from FreeBSD name it
                JavaHome.find(environment)
                        .<Driver>map(home -> JailDriver.java(jails, home))
                        .orElseGet(() ->
                                new AbsentDriver(
                                        "java", "no Java is in this node's JAVA_HOME or PATH")),
                new FakeDriver(new FakeDriver.World()));
    }
}
