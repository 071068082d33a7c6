package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Seen;
import dev.drover.controller.client.Watch;
import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.CheckState;
import dev.drover.manifests.model.CheckStatus;
import dev.drover.manifests.model.ServiceInstance;
import dev.drover.manifests.model.ServiceListing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Instances of services as rows. `drover get services` shows them like resources, though the
/// server stores none: they are what nodes say of living allocations.
final class ServiceTable {
    private static final Set<String> WORDS = Set.of("service", "services", "svc");
    private static final String NAME = "Name";
    private static final String GONE = "gone";

    private ServiceTable() {}

    /// Whether people call services by this word.
    static boolean meant(String word) {
        return WORDS.contains(word.toLowerCase(Locale.ROOT));
    }

    /// Shows those of a namespace, or of one name; with `--watch` goes on until Ctrl-C.
    static void show(Invocation invocation) throws IOException, CommandFailure {
        Client client = invocation.client();
        Optional<String> name = invocation.parameter(1);
        List<ServiceInstance> all =
                client.services(invocation.namespace()).items().stream()
                        .filter(one -> named(one, name))
                        .toList();
        if (!invocation.format().table()) {
            invocation.out().data(RecordJson.text(ServiceListing.of(all)));
            return;
        }
        boolean watch = invocation.flag("--watch");
        Table shown = named(all);
        if (all.isEmpty() && !watch) {
            invocation.out().line("No services");
        } else {
            invocation.out().table(shown);
        }
        if (watch) {
            watch(invocation, name, all, shown);
        }
    }

    private static boolean named(ServiceInstance one, Optional<String> name) {
        return name.isEmpty() || one.name().equals(name.get());
    }

    /// Where the server ends a watch another one begins, which tells of everything but of what went
    /// meanwhile.
    private static void watch(
            Invocation invocation, Optional<String> name, List<ServiceInstance> all, Table shown)
            throws IOException, CommandFailure {
        Client client = invocation.client();
        Map<String, ServiceInstance> known = new TreeMap<>();
        all.forEach(one -> known.put(place(one), one));
        Renewal renewal = new Renewal();
        while (true) {
            try (Watch<ServiceInstance> changes = client.watchServices(invocation.namespace())) {
                renewal.ended(follow(changes, name, known, shown, invocation.out()));
            }
            Set<String> there = new HashSet<>();
            client.services(invocation.namespace()).items().forEach(one -> there.add(place(one)));
            for (ServiceInstance one : List.copyOf(known.values())) {
                if (!there.contains(place(one))) {
                    known.remove(place(one));
                    invocation.out().lastRow(shown.with(row(one, GONE)));
                }
            }
        }
    }

    /// Until the watch ends; whether there was anything new. It says everything again: what stands
    /// in the table is not.
    private static boolean follow(
            Watch<ServiceInstance> changes,
            Optional<String> name,
            Map<String, ServiceInstance> known,
            Table shown,
            Out out)
            throws IOException {
        boolean any = false;
        for (var next = changes.next(); next.isPresent(); next = changes.next()) {
            ServiceInstance one = next.get().resource();
            if (!named(one, name)) {
                continue;
            }
            Optional<ServiceInstance> before =
                    Optional.ofNullable(
                            switch (next.get()) {
                                case Seen.Now<ServiceInstance> _ -> known.put(place(one), one);
                                case Seen.Gone<ServiceInstance> _ -> known.remove(place(one));
                            });
            boolean gone = next.get() instanceof Seen.Gone<ServiceInstance>;
            if (gone || !before.equals(Optional.of(one))) {
                any = true;
                out.lastRow(shown.with(row(one, gone ? GONE : status(one))));
            }
        }
        return any;
    }

    /// What tells an instance from the others.
    private static String place(ServiceInstance one) {
        return "%s %s %s %s:%d"
                .formatted(
                        one.namespace(), one.name(), one.allocation(), one.address(), one.port());
    }

    private static Table named(List<ServiceInstance> instances) {
        List<String> columns = new ArrayList<>(List.of(NAME));
        columns.addAll(of(List.of()).header());
        return new Table(columns, instances.stream().map(one -> row(one, status(one))).toList());
    }

    private static List<String> row(ServiceInstance one, String status) {
        List<String> row = new ArrayList<>(List.of(one.name()));
        row.addAll(cells(one, status));
        return row;
    }

    /// Of one service, so without its name.
    static Table of(List<ServiceInstance> instances) {
        return new Table(
                List.of("Job ID", "Address", "Tags", "Node", "Alloc ID", "Status"),
                instances.stream().map(one -> cells(one, status(one))).toList());
    }

    private static List<String> cells(ServiceInstance one, String status) {
        return List.of(
                one.jobName(),
                one.address() + ":" + one.port(),
                one.tags().toString(),
                one.node(),
                Ids.brief(one.allocation()),
                status);
    }

    private static String status(ServiceInstance instance) {
        if (instance.passing()) {
            return "passing";
        }
        Optional<CheckState> worst =
                instance.checks().stream()
                        .filter(check ->
                                check.status() == CheckStatus.CRITICAL
                                        || check.status() == CheckStatus.PENDING)
                        .findFirst();
        return worst.map(check ->
                        check.name()
                                + ": "
                                + Wording.word(check.status())
                                + (check.output().isEmpty() ? "" : ", " + check.output()))
                .orElse("");
    }
}
