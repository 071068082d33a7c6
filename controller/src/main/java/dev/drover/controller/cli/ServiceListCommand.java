package dev.drover.controller.cli;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.ServiceInstance;
import dev.drover.manifests.model.ServiceListing;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/// `drover service list`: what is offered in a namespace.
final class ServiceListCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Options.shows(
                "service list",
                "Lists the services of a namespace, with how many of their instances pass.",
                List.of("drover service list", "drover service list -o json"));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        ServiceListing listing = invocation.client().services(invocation.namespace());
        if (!invocation.format().table()) {
            invocation.out().data(RecordJson.text(listing));
            return 0;
        }
        SortedMap<String, List<ServiceInstance>> byName =
                listing.items().stream()
                        .collect(
                                Collectors.groupingBy(
                                        ServiceInstance::name, TreeMap::new, Collectors.toList()));
        if (byName.isEmpty()) {
            invocation.out().line("No services");
            return 0;
        }
        invocation.out().table(table(byName));
        return 0;
    }

    private static Table table(SortedMap<String, List<ServiceInstance>> byName) {
        return new Table(
                List.of("Service Name", "Tags", "Passing"),
                byName.entrySet().stream()
                        .map(service ->
                                List.of(
                                        service.getKey(),
                                        tags(service.getValue()),
                                        passing(service.getValue())))
                        .toList());
    }

    private static String tags(List<ServiceInstance> instances) {
        return instances.stream()
                .flatMap(instance -> instance.tags().stream())
                .collect(Collectors.toCollection(TreeSet::new))
                .toString();
    }

    private static String passing(List<ServiceInstance> instances) {
        long passing = instances.stream().filter(ServiceInstance::passing).count();
        return passing + " of " + instances.size();
    }
}
