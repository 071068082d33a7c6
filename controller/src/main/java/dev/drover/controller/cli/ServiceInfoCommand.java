package dev.drover.controller.cli;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.ServiceInstance;
import dev.drover.manifests.model.ServiceListing;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `drover service info NAME`: who offers a service, and why others do not.
final class ServiceInfoCommand implements Command {
    @Override
    public CommandSpec spec() {
        return Options.shows(
                        "service info",
                        "Shows the instances of a service that pass; with --all the others too.",
                        List.of("drover service info web", "drover service info --all web"))
                .addPositional(Options.required(0, "NAME", "A service's name."))
                .addOption(Options.flag("Also instances whose checks do not pass.", "--all"));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        String name = invocation.required(0);
        List<ServiceInstance> all =
                invocation.client().services(invocation.namespace()).items().stream()
                        .filter(instance -> instance.name().equals(name))
                        .toList();
        boolean everything = invocation.flag("--all");
        List<ServiceInstance> shown =
                all.stream().filter(instance -> everything || instance.passing()).toList();
        if (!invocation.format().table()) {
            invocation.out().data(RecordJson.text(ServiceListing.of(shown)));
            return 0;
        }
        if (all.isEmpty()) {
            throw new CommandFailure(
                    "nobody offers a service \"" + name + "\"",
                    "looked in namespace \"" + invocation.namespace() + "\"",
                    "`drover service list` lists them");
        }
        if (shown.isEmpty()) {
            invocation.out().line("None of " + all.size() + " instances passes");
            invocation.out().line("(`drover service info --all " + name + "` says why)");
            return 0;
        }
        invocation.out().table(ServiceTable.of(shown));
        return 0;
    }
}
