package dev.drover.manifests.validate;

import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Value;
import dev.drover.manifests.shape.Component;
import dev.drover.manifests.shape.Dialect;
import dev.drover.manifests.shape.RecordShape;
import dev.drover.manifests.shape.Shape;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import dev.drover.manifests.tree.Suggestion;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The driver of each task and the keys of its config. What a driver that is only known by name
/// takes, only its node can check.
final class DriverRules {
    /// Drivers whose keys are not described here.
    private static final Set<String> BY_NAME =
            Set.of("mock_driver", "docker", "podman", "qemu", "containerd-driver");

    /// Keys in any letter case, as the driver that these jobs were written for takes them.
    private static final Set<String> ANY_CASE = Set.of("jail", "jail-task-driver");

    /// The components of which a driver needs one, and no more; a driver that is not here can do
    /// without.
    private static final Map<String, OneOf> ONE_OF =
            Map.of(
                    "raw_exec", new OneOf(List.of("command"), "a command", Fix.COMMAND),
                    "exec", new OneOf(List.of("command"), "a command", Fix.COMMAND),
                    "java",
                            new OneOf(
                                    List.of("jarPath", "mainClass"), "a jar or a class", Fix.JAVA));

    private record OneOf(List<String> components, String what, String fix) {}

    private static final class Fix {
        static final String COMMAND = "write command = \"/path/of/the/program\"";
        static final String JAVA =
                "write jar_path = \"local/app.jar\", or class = \"org.example.Main\" and"
                        + " class_path";
    }

    private DriverRules() {}

    static void check(Job job, Report report) {
        for (Parts.TaskPart part : Parts.tasks(job)) {
            String driver = part.task().driver();
            Optional<Class<? extends Record>> config = DriverConfigs.of(driver);
            if (driver.isEmpty()) {
                report.add(
                        Code.UNKNOWN_DRIVER,
                        part.path(),
                        "the task has no driver",
                        "write driver = \"raw_exec\", \"exec\" or \"jail\"");
            } else if (config.isPresent()) {
                config(part, config.get(), report);
            } else if (!BY_NAME.contains(driver)) {
                unknown(part.path().field("driver"), driver, report);
            }
        }
    }

    private static void unknown(Path path, String driver, Report report) {
        List<String> known =
                Stream.concat(DriverConfigs.names().stream(), BY_NAME.stream()).toList();
        String fix =
                Suggestion.of(driver, known)
                        .map(near -> "did you mean \"" + near + "\"?")
                        .orElse("make sure that a node has it");
        report.add(
                Code.UNCHECKED,
                path,
                "nobody here knows the driver \"" + driver + "\"",
                "its config cannot be checked, and the job waits for a node that has it",
                fix);
    }

    private static void config(Parts.TaskPart part, Class<? extends Record> type, Report report) {
        Path path = part.path().field("config");
        String driver = part.task().driver();
        boolean anyCase = ANY_CASE.contains(driver);
        List<Component> known = RecordShape.of(type).components();
        part.task()
                .config()
                .forEach((key, value) -> {
                    Optional<Component> component =
                            known.stream().filter(c -> named(c, key, anyCase)).findFirst();
                    if (component.isPresent()) {
                        value(component.get().shape(), value, path.field(key), report);
                    } else {
                        unknownKey(type, driver, path.field(key), key, report);
                    }
                });
        if (ONE_OF.containsKey(driver)) {
            oneOf(driver, ONE_OF.get(driver), known, part, report);
        }
    }

    private static void oneOf(
            String driver, OneOf oneOf, List<Component> known, Parts.TaskPart part, Report report) {
        Path path = part.path().field("config");
        List<Optional<Component>> given =
                part.task().config().keySet().stream()
                        .map(key -> known.stream().filter(c -> named(c, key, false)).findFirst())
                        .toList();
        long count =
                given.stream()
                        .flatMap(Optional::stream)
                        .filter(component -> oneOf.components().contains(component.name()))
                        .count();
        if (count == 0 && given.stream().allMatch(Optional::isPresent)) { // else it is misspelt
            report.add(Code.MISSING_FIELD, path, driver + " needs " + oneOf.what(), oneOf.fix());
        } else if (count > 1) {
            report.add(
                    Code.CONTRADICTION,
                    path,
                    "two of its keys say what to run; " + driver + " needs " + oneOf.what(),
                    "remove one of them");
        }
    }

    private static boolean named(Component component, String key, boolean anyCase) {
        String hcl = component.name(Dialect.HCL);
        return anyCase
                ? hcl.equals(key.toLowerCase(Locale.ROOT)) || component.name().equalsIgnoreCase(key)
                : hcl.equals(key) || component.name().equals(key);
    }

    private static void unknownKey(
            Class<? extends Record> type, String driver, Path path, String key, Report report) {
        List<String> names =
                RecordShape.of(type).components().stream()
                        .map(component -> component.name(Dialect.HCL))
                        .toList();
        String fix =
                Suggestion.of(key.toLowerCase(Locale.ROOT), names)
                        .map(near -> "did you mean \"" + near + "\"?")
                        .orElse(names.size() > 20 ? "" : "it knows " + String.join(", ", names));
        report.add(
                Code.UNKNOWN_DRIVER_KEY,
                path,
                "the driver " + driver + " has no key \"" + key + "\"",
                fix);
    }

    /// Texts that the node fills in later may become anything.
    private static void value(Shape shape, Value value, Path path, Report report) {
        if (value instanceof Value.Text(String text) && text.contains("${")) {
            return;
        }
        String wanted =
                switch (shape) {
                    case Shape.Maybe(Shape of) -> {
                        value(of, value, path, report);
                        yield "";
                    }
                    case Shape.Text _ -> scalar(value) ? "" : "text";
                    case Shape.Int _, Shape.Wide _, Shape.Decimal _ ->
                            number(value) ? "" : "a number";
                    case Shape.Flag _ -> flag(value) ? "" : "true or false";
                    case Shape.Items _ -> value instanceof Value.Items ? "" : "a list";
                    case Shape.Fields _, Shape.Struct _ ->
                            value instanceof Value.Fields || value instanceof Value.Items
                                    ? ""
                                    : "a block";
                    case Shape.Choice _, Shape.Moment _, Shape.Span _, Shape.Union _ -> "";
                };
        if (!wanted.isEmpty()) {
            report.add(Code.WRONG_TYPE, path, wanted + " is required here", "");
        }
    }

    private static boolean scalar(Value value) {
        return value instanceof Value.Text
                || value instanceof Value.Num
                || value instanceof Value.Bool;
    }

    private static boolean number(Value value) {
        return switch (value) {
            case Value.Num(BigDecimal number) -> number.stripTrailingZeros().scale() <= 0;
            case Value.Text(String text) -> text.matches("-?\\d{1,18}");
            case Value.Bool _, Value.Nothing _, Value.Items _, Value.Fields _ -> false;
        };
    }

    private static boolean flag(Value value) {
        return value instanceof Value.Bool
                || (value instanceof Value.Text(String text)
                        && Set.of("true", "false", "0", "1").contains(text))
                || (value instanceof Value.Num(BigDecimal number)
                        && (number.signum() == 0 || number.compareTo(BigDecimal.ONE) == 0));
    }
}
