package dev.drover.node.driver.jail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.node.driver.DriverContract;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/drivers.md says which driver keeps which promise: by the tests that there are.
class ContractTableTest {
    private static final Path PAGE = Path.of("../docs/drivers.md");
    private static final String START = "<!-- contract: written by `make golden` -->\n";

    /// The test that holds each driver to the contract, by its column.
    private static final Map<String, String> TESTS = tests();

    private static Map<String, String> tests() {
        Map<String, String> tests = new LinkedHashMap<>();
        tests.put("raw_exec", "dev.drover.node.driver.raw.RawExecDriverTest");
        tests.put("exec", "dev.drover.node.driver.jail.ExecDriverTest");
        tests.put("jail (Linux)", "dev.drover.node.driver.jail.JailDriverTest");
        tests.put("jail (users of its own)", "dev.drover.node.driver.jail.OwnUsersTest");
        tests.put(
                "jail (FreeBSD's tools, stood in for)",
                "dev.drover.node.driver.jail.FreeBsdDriverTest");
        tests.put("jail (runc)", "dev.drover.node.driver.jail.RuncDriverTest");
        tests.put("jail (crun)", "dev.drover.node.driver.jail.CrunDriverTest");
        tests.put("java", "dev.drover.node.driver.jail.JavaDriverTest");
        tests.put("fake", "dev.drover.node.driver.fake.FakeDriverTest");
        return tests;
    }

    @Test
    void the_page_has_every_driver_and_every_promise() throws Exception {
        String page = Files.readString(PAGE);
        String written = page.substring(0, page.indexOf(START) + START.length()) + table();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, written);
        }
        assertThat(written).isEqualTo(Files.readString(PAGE));
    }

    private static String table() throws ReflectiveOperationException {
        StringBuilder table = new StringBuilder("| what it promises |");
        TESTS.keySet().forEach(driver -> table.append(' ').append(driver).append(" |"));
        table.append("\n|---|").append("---|".repeat(TESTS.size())).append('\n');
        for (String promise : promises()) {
            table.append("| ").append(promise.replace('_', ' ')).append(" |");
            for (String test : TESTS.values()) {
                table.append(kept(Class.forName(test), promise) ? " yes |" : " no |");
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static List<String> promises() {
        return Arrays.stream(DriverContract.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName)
                .sorted()
                .toList();
    }

    /// A test class that overrides a promise does not keep it as it was given.
    private static boolean kept(Class<?> test, String promise) {
        return DriverContract.class.isAssignableFrom(test)
                && Stream.of(test.getDeclaredMethods())
                        .noneMatch(method -> method.getName().equals(promise));
    }
}
