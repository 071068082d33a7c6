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
import java.util.Optional;
import java.util.Set;

/// Instances of services as rows. `drover get services` shows them like resources, though the
/// server stores none: they are what nodes say of living allocations.
final class ServiceTable {
    private static final Set<String> WORDS = Set.of("service", "services", "svc");
    private static final String NAME = "Name";

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
            try (Watch<ServiceInstance> changes = client.watchServices(invocation.namespace())) {
                follow(changes, name, new HashSet<>(all), shown, invocation.out());
            }
        }
    }

    private static boolean named(ServiceInstance one, Optional<String> name) {
        return name.isEmpty() || one.name().equals(name.get());
    }

    /// The watch says everything again; what stands in the table is not new.
    private static void follow(
            Watch<ServiceInstance> changes,
            Optional<String> name,
            Set<ServiceInstance> known,
            Table shown,
            Out out)
            throws IOException {
        for (var next = changes.next(); next.isPresent(); next = changes.next()) {
            ServiceInstance one = next.get().resource();
            if (named(one, name) && !known.remove(one)) {
                boolean gone = next.get() instanceof Seen.Gone<ServiceInstance>;
                out.lastRow(shown.with(row(one, gone ? "gone" : status(one))));
            }
        }
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
