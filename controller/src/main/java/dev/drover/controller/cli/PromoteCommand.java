package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Operations;
import dev.drover.controller.client.Type;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DeploymentGroup;
import dev.drover.manifests.model.Job;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// `drover promote JOB` and `drover deployment promote ID`: healthy canaries take over.
final class PromoteCommand implements Command {
    private final boolean byJob;

    PromoteCommand(boolean byJob) {
        this.byJob = byJob;
    }

    @Override
    public CommandSpec spec() {
        String name = byJob ? "promote" : "deployment promote";
        String of = byJob ? "web" : "1f2e";
        return Options.client(
                        name,
                        "Lets healthy canaries take over, of all groups or of some.",
                        List.of(
                                "drover " + name + " " + of,
                                "drover " + name + " " + of + " app",
                                "drover " + name + " -group app " + of))
                .addPositional(
                        byJob
                                ? Options.required(0, "JOB", "A job, or the beginning of its name.")
                                : Deployments.parameter())
                .addPositional(Options.others(1, "GROUP", "Only this one."))
                .addOption(
                        Options.texts("GROUP", "Only this one too.", "--group").toBuilder()
                                .arity("1")
                                .build())
                .addOption(Options.flag("All groups: what happens without it too.", "--all"))
                .addOption(Options.flag("Does not wait for the end.", "--detach"));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure, InterruptedException {
        Client client = invocation.client();
        Lookup lookup = new Lookup(client, invocation.namespace());
        Deployment deployment =
                byJob
                        ? Deployments.active(lookup.job(invocation.required(0)), client, invocation)
                        : Deployments.meant(invocation.required(0), client, invocation);
        Job job = lookup.job(deployment.spec().jobName());
        List<Allocation> before = Listings.allocationsOf(job, client);
        List<String> groups = groups(deployment, invocation);
        Deployment now =
                new Operations(client)
                        .revise(
                                Type.DEPLOYMENTS,
                                deployment,
                                seen -> Map.of("promoted", Wish.texts(with(groups, seen))))
                        .resource();
        invocation
                .out()
                .line(
                        "Deployment \"%s\": %s may take over%s"
                                .formatted(
                                        Ids.brief(deployment.metadata().name()),
                                        String.join(", ", now.spec().promoted()),
                                        now.spec().paused() ? " once somebody resumes it" : ""));
        return invocation.flag("--detach")
                ? 0
                : new Monitor(client, invocation.out(), invocation.session().clock())
                        .follow(job, before);
    }

    /// Somebody else may promote another group in the same moment.
    private static List<String> with(List<String> groups, Deployment seen) {
        Set<String> promoted = new TreeSet<>(seen.spec().promoted());
        promoted.addAll(groups);
        return List.copyOf(promoted);
    }

    private static List<String> groups(Deployment deployment, Invocation invocation)
            throws CommandFailure {
        Map<String, DeploymentGroup> there = deployment.status().groups();
        List<String> named = new ArrayList<>(invocation.rest(1));
        named.addAll(invocation.texts("--group"));
        for (String group : named) {
            if (!there.containsKey(group)) {
                throw new CommandFailure(
                        "the deployment has no group \"" + group + "\"",
                        "they are " + String.join(", ", there.keySet()),
                        "name one of these");
            }
        }
        List<String> waiting =
                there.entrySet().stream()
                        .filter(group -> group.getValue().desiredCanaries() > 0)
                        .filter(group -> !group.getValue().promoted())
                        .map(Map.Entry::getKey)
                        .toList();
        if (waiting.isEmpty()) {
            throw new CommandFailure(
                    "no group of the deployment waits to be promoted",
                    deployment.status().because(),
                    "");
        }
        for (String group : named) {
            if (!waiting.contains(group)) {
                throw new CommandFailure(
                        "group \"" + group + "\" does not wait to be promoted",
                        tries(there.get(group))
                                ? "its canaries were promoted before"
                                : "it tries no canaries",
                        "those that wait are " + String.join(", ", waiting));
            }
        }
        return named.isEmpty() ? waiting : named;
    }

    private static boolean tries(@Nullable DeploymentGroup group) {
        return group != null && group.desiredCanaries() > 0;
    }
}
