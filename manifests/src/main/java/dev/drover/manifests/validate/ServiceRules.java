package dev.drover.manifests.validate;

import dev.drover.manifests.model.Check;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Port;
import dev.drover.manifests.model.Service;
import dev.drover.manifests.shape.Durations;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import dev.drover.manifests.tree.Suggestion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Services and their checks.
final class ServiceRules {
    private static final Duration CHECK_MIN = Duration.ofSeconds(1);
    private static final List<String> PROVIDERS = List.of("nomad", "consul");
    private static final List<String> ADDRESS_MODES =
            List.of("auto", "host", "driver", "alloc", "alloc_ipv6");
    private static final List<String> ON_UPDATE =
            List.of("require_healthy", "ignore_warnings", "ignore");
    private static final List<String> PROTOCOLS = List.of("http", "https");
    private static final List<String> STATUSES = List.of("passing", "warning", "critical");
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    private static final List<String> CHECKS = List.of("http", "tcp", "grpc", "script");

    private ServiceRules() {}

    static void check(Job job, Report report) {
        for (Parts.ServicePart part : Parts.services(job)) {
            Service service = part.service();
            Path path = part.path();
            service.name().ifPresent(name -> name(name, path, report));
            word(service.provider(), PROVIDERS, path.field("provider"), report);
            word(service.addressMode(), ADDRESS_MODES, path.field("addressMode"), report);
            word(service.onUpdate(), ON_UPDATE, path.field("onUpdate"), report);
            service.port()
                    .ifPresent(port -> port(port, ports(part.in()), path.field("port"), report));
            for (int i = 0; i < service.checks().size(); i++) {
                Check check = service.checks().get(i);
                String name = check.name().orElse("");
                check(check, path.item("checks", i, "check", name), part, report);
            }
        }
    }

    private static void word(Optional<String> word, List<String> words, Path path, Report report) {
        word.ifPresent(given -> Word.check(given, words, path, report));
    }

    private static void name(String name, Path path, Report report) {
        if (!name.contains("${") && !NAME.matcher(name).matches()) {
            report.add(
                    Code.UNLIKELY,
                    path,
                    "\"" + name + "\" cannot be looked up by DNS, and Nomad refuses it",
                    "names of hosts are made of up to 63 letters, digits and -",
                    "choose another name");
        }
    }

    /// An empty text is none, as in Nomad.
    private static Optional<String> stated(Optional<String> word) {
        return word.filter(text -> !text.isEmpty());
    }

    /// The labels of all ports of a group and of its tasks.
    private static Set<String> ports(Parts.GroupPart in) {
        Set<String> labels = new TreeSet<>();
        Stream.concat(
                        in.group().networks().stream(),
                        in.group().tasks().stream()
                                .flatMap(task -> task.resources().stream())
                                .flatMap(resources -> resources.networks().stream()))
                .flatMap(network -> network.ports().stream())
                .map(Port::label)
                .forEach(labels::add);
        return labels;
    }

    private static void port(String port, Set<String> labels, Path path, Report report) {
        boolean number = port.chars().allMatch(Character::isDigit);
        if (number || labels.contains(port) || port.contains("${")) {
            return;
        }
        String fix =
                Suggestion.of(port, labels)
                        .map(near -> "did you mean \"" + near + "\"?")
                        .orElse("add port \"" + port + "\" {} to the group's network");
        report.add(Code.UNKNOWN_PART, path, "the group has no port \"" + port + "\"", fix);
    }

    private static void check(Check check, Path path, Parts.ServicePart part, Report report) {
        if (check.type().isEmpty()) {
            report.add(
                    Code.MISSING_FIELD,
                    path,
                    "type is required",
                    "write type = \"http\" or \"tcp\"");
        }
        word(check.type(), CHECKS, path.field("type"), report);
        time(check.interval(), "interval", path, report);
        time(check.timeout(), "timeout", path, report);
        check.port().ifPresent(port -> port(port, ports(part.in()), path.field("port"), report));
        boolean asks = !check.type().equals(Optional.of("script"));
        if (asks && check.port().isEmpty() && part.service().port().isEmpty()) {
            report.add(
                    Code.MISSING_FIELD,
                    path,
                    "the check has no port, and neither has its service",
                    "write port = … in one of them");
        }
        word(stated(check.protocol()), PROTOCOLS, path.field("protocol"), report);
        word(stated(check.initialStatus()), STATUSES, path.field("initialStatus"), report);
        check.checkRestart()
                .filter(restart -> restart.limit().orElse(0) < 0)
                .ifPresent(_ ->
                        report.add(
                                Code.OUT_OF_RANGE,
                                path.field("checkRestart").field("limit"),
                                "the limit cannot be negative",
                                "0 restarts nothing"));
        boolean http = check.type().equals(Optional.of("http"));
        if (http && check.path().isEmpty()) {
            report.add(
                    Code.MISSING_FIELD, path, "an http check needs a path", "write path = \"/\"");
        }
        if (http && check.path().orElse("").contains("://")) {
            report.add(
                    Code.INVALID_VALUE,
                    path.field("path"),
                    "the path is a whole address",
                    "the host and the port are the task's own",
                    "write what stands behind them: \"/health\"");
        }
        if (check.type().equals(Optional.of("script")) && check.command().isEmpty()) {
            report.add(Code.MISSING_FIELD, path, "a script check needs a command", "");
        }
    }

    private static void time(Optional<Duration> time, String name, Path path, Report report) {
        if (time.isEmpty()) {
            report.add(
                    Code.MISSING_FIELD,
                    path,
                    name + " is required",
                    "write " + name + " = \"10s\"");
        } else if (time.get().compareTo(CHECK_MIN) < 0) {
            report.add(
                    Code.OUT_OF_RANGE,
                    path.field(name),
                    "the %s is at least 1s, not %s".formatted(name, Durations.text(time.get())),
                    "");
        }
    }
}
