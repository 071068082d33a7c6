package dev.drover.node.check;

import dev.drover.manifests.model.AllocationSpec;
import dev.drover.manifests.model.Check;
import dev.drover.manifests.model.CheckRestart;
import dev.drover.manifests.model.CheckStatus;
import dev.drover.manifests.model.GrantedPort;
import dev.drover.manifests.model.Service;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Works out which services an allocation offers, and how they are checked.
public final class ServicePlan {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final AllocationSpec spec;
    private final TaskGroup group;
    private final String address;
    private final Texts texts;

    /// How the texts of a task are filled in.
    @FunctionalInterface
    public interface Texts {
        /// Of that task.
        UnaryOperator<String> of(String task);
    }

    private ServicePlan(AllocationSpec spec, TaskGroup group, String address, Texts texts) {
        this.spec = spec;
        this.group = group;
        this.address = address;
        this.texts = texts;
    }

    /// The services of the group, then those of its tasks.
    ///
    /// @param address of the node
    public static List<PlannedService> of(
            AllocationSpec spec, TaskGroup group, String address, Texts texts) {
        ServicePlan plan = new ServicePlan(spec, group, address, texts);
        List<PlannedService> services = new ArrayList<>();
        for (Service service : group.services()) {
            services.add(plan.service(service, service.task(), services.size()));
        }
        for (Task task : group.tasks()) {
            for (Service service : task.services()) {
                services.add(plan.service(service, Optional.of(task.name()), services.size()));
            }
        }
        return services;
    }

    private PlannedService service(Service service, Optional<String> task, int number) {
        String speaker = task.orElseGet(() -> group.tasks().getFirst().name());
        UnaryOperator<String> fill = texts.of(speaker);
        Set<String> during = task.map(Set::of).orElseGet(this::mainTasks);
        Place place = place(service.port(), service.addressMode(), fill);
        boolean canary = spec.canary() && !service.canaryTags().isEmpty();
        List<String> tags = canary ? service.canaryTags() : service.tags();
        List<PlannedCheck> checks = new ArrayList<>();
        for (Check check : service.checks()) {
            checks.add(
                    check(check, service, new Around(number, checks.size(), during, place, fill)));
        }
        return new PlannedService(
                name(service, task, fill),
                service.address().map(fill).orElse(place.host()),
                place.port(),
                tags.stream().map(fill).toList(),
                during,
                checks);
    }

    /// What of a service its checks need to know.
    private record Around(
            int service, int check, Set<String> during, Place place, UnaryOperator<String> fill) {}

    private record Place(String host, int port) {
        String text() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    private String name(Service service, Optional<String> task, UnaryOperator<String> fill) {
        String base = spec.jobName() + "-" + group.name() + task.map(name -> "-" + name).orElse("");
        String text =
                service.name()
                        .orElse(base)
                        .replace("${BASE}", base)
                        .replace("${JOB}", spec.jobName())
                        .replace("${TASKGROUP}", group.name())
                        .replace("${GROUP}", group.name())
                        .replace("${TASK}", task.orElse(""));
        return fill.apply(text);
    }

    private Set<String> mainTasks() {
        return group.tasks().stream()
                .filter(task -> task.lifecycle().isEmpty())
                .map(Task::name)
                .collect(Collectors.toSet());
    }

    /// Where a port is reached: by its label, or its number on this node.
    private Place place(Optional<String> port, Optional<String> mode, UnaryOperator<String> fill) {
        String text = port.map(fill).orElse("0");
        Optional<GrantedPort> granted =
                spec.granted().ports().stream().filter(p -> p.label().equals(text)).findFirst();
        if (granted.isPresent()) {
            GrantedPort found = granted.get();
            boolean inside = mode.filter(m -> m.equals("alloc") || m.equals("driver")).isPresent();
            return new Place(
                    found.hostIp().isEmpty() ? address : found.hostIp(),
                    inside ? found.to() : found.value());
        }
        boolean number = !text.isEmpty() && text.chars().allMatch(Character::isDigit);
        return new Place(address, number && text.length() <= 5 ? Integer.parseInt(text) : 0);
    }

    private PlannedCheck check(Check check, Service service, Around around) {
        String type = check.type().orElse("tcp");
        String name =
                check.name()
                        .map(around.fill())
                        .orElseGet(() -> "service: \"" + service.name().orElse("") + "\" check");
        Optional<String> task = check.task().or(service::task);
        return new PlannedCheck(
                around.service() + "-" + around.check(),
                name,
                probe(type, check, task, around),
                new PlannedCheck.Pace(
                        check.interval().orElse(INTERVAL),
                        check.timeout().orElse(TIMEOUT),
                        check.successBeforePassing().orElse(0),
                        check.failuresBeforeWarning().orElse(0),
                        check.failuresBeforeCritical().orElse(0)),
                initial(check),
                task.map(Set::of).orElse(around.during()),
                heeded(check.onUpdate().or(service::onUpdate)),
                restart(check.checkRestart().or(service::checkRestart), task, around));
    }

    private Probe probe(String type, Check check, Optional<String> task, Around around) {
        UnaryOperator<String> fill = around.fill();
        Place place =
                check.port().isPresent()
                        ? place(check.port(), check.addressMode(), fill)
                        : around.place();
        if (type.equals("script")) {
            return script(check, task, around);
        }
        if (place.port() == 0) {
            return new Probe.Impossible(
                    "the check has no port: name one in the check or in its service");
        }
        return switch (type) {
            case "tcp" -> new Probe.Tcp(place.host(), place.port());
            case "http" -> http(check, place, fill);
            default ->
                    new Probe.Impossible(
                            type + " checks are not carried out here: use http, tcp or script");
        };
    }

    private static Probe http(Check check, Place place, UnaryOperator<String> fill) {
        String path = fill.apply(check.path().orElse("/"));
        Map<String, List<String>> headers = new TreeMap<>();
        check.header()
                .forEach((key, values) -> headers.put(key, values.stream().map(fill).toList()));
        return new Probe.Http(
                check.protocol().orElse("http")
                        + "://"
                        + place.text()
                        + (path.startsWith("/") ? path : "/" + path),
                check.method().orElse("GET"),
                headers,
                fill.apply(check.body().orElse("")),
                new Probe.Tls(
                        !check.tlsSkipVerify().orElse(false), check.tlsServerName().map(fill)));
    }

    private Probe script(Check check, Optional<String> task, Around around) {
        Set<String> possible = task.map(Set::of).orElse(around.during());
        if (possible.size() != 1) {
            return new Probe.Impossible(
                    "the check does not say beside which task its command runs: write task = …");
        }
        List<String> command =
                Stream.concat(check.command().stream(), check.args().stream())
                        .map(around.fill())
                        .toList();
        return new Probe.Script(possible.iterator().next(), command);
    }

    private static CheckStatus initial(Check check) {
        return switch (check.initialStatus().orElse("pending")) {
            case "passing" -> CheckStatus.PASSING;
            case "warning" -> CheckStatus.WARNING;
            case "critical" -> CheckStatus.CRITICAL;
            default -> CheckStatus.PENDING;
        };
    }

    private static PlannedCheck.Heeded heeded(Optional<String> onUpdate) {
        return switch (onUpdate.orElse("require_healthy")) {
            case "ignore" -> PlannedCheck.Heeded.IGNORED;
            case "ignore_warnings" -> PlannedCheck.Heeded.PASSING_OR_WARNING;
            default -> PlannedCheck.Heeded.PASSING;
        };
    }

    /// A check of the whole group restarts the task it is about, or the only one there is.
    private static Optional<PlannedCheck.RestartRule> restart(
            Optional<CheckRestart> written, Optional<String> task, Around around) {
        Optional<String> restarted =
                task.or(() ->
                        around.during().size() == 1
                                ? around.during().stream().findFirst()
                                : Optional.empty());
        return written.filter(w -> w.limit().orElse(0) > 0)
                .flatMap(w ->
                        restarted.map(name ->
                                new PlannedCheck.RestartRule(
                                        name,
                                        w.limit().orElse(0),
                                        w.grace().orElse(GRACE),
                                        w.ignoreWarnings().orElse(false))));
    }
}
