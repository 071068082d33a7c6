package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.manifests.diff.ResourceDiff;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Plan;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.Unplaced;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover plan FILE…`: what running the files would change, field by field, and what the server's
/// own decision would do to running allocations. Nothing is written. Exit code 0 when nothing would
/// change, 2 when something would.
final class PlanCommand implements Command {
    private static final int CHANGES = 2;
    private static final String NEW = "new allocation";
    private static final String REPLACEMENT = "replacement";

    @Override
    public CommandSpec spec() {
        return Manifested.options(
                Options.client(
                                "plan",
                                "Shows what running the files would do, and does nothing.",
                                List.of("drover plan web.hcl", "drover plan cluster/"))
                        .addPositional(
                                Options.several("FILE", "A manifest, a folder of them, or -.")));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        List<Resource> wanted = Manifested.read(invocation.parameters(), invocation);
        boolean changes = false;
        for (Resource resource : wanted) {
            if (Placed.in(invocation.namespace(), resource) instanceof Job job) {
                changes |= plan(job, invocation.client(), invocation.out());
            }
        }
        return changes ? CHANGES : 0;
    }

    private static boolean plan(Job job, Client client, Out out) throws IOException {
        Plan plan = client.plan(job);
        String name = "job/" + job.metadata().name();
        if (!plan.changes()) {
            out.line(name + ": nothing would change");
            return false;
        }
        out.title(
                name
                        + " would be "
                        + (plan.effect().equals("unchanged") ? "restored" : plan.effect()));
        Optional<Job> stored = client.find(Type.JOBS, job.name());
        stored.ifPresent(old -> ResourceDiff.text(old, job).lines().forEach(out::line));
        plan.groups()
                .forEach((group, counts) -> out.line("  group " + group + ": " + words(counts)));
        plan.unplaced().forEach((group, some) -> unplaced(group, some, NEW, out));
        plan.unreplaced().forEach((group, some) -> unplaced(group, some, REPLACEMENT, out));
        return true;
    }

    private static String words(Plan.Counts counts) {
        List<String> parts = new ArrayList<>();
        part(parts, counts.create(), "create");
        part(parts, counts.destroy(), "destroy");
        part(parts, counts.replace(), "replace");
        part(parts, counts.inPlace(), "update in place");
        part(parts, counts.ignore(), "ignore");
        return parts.isEmpty() ? "nothing" : String.join(", ", parts);
    }

    private static void part(List<String> parts, int count, String word) {
        if (count > 0) {
            parts.add(count + " " + word);
        }
    }

    /// What would have no place, and every reason with the nodes that have it.
    private static void unplaced(String group, Unplaced unplaced, String what, Out out) {
        String count = Wording.count(unplaced.count(), what);
        out.line("  group " + group + ": " + count + " would wait for a place");
        if (unplaced.refusals().isEmpty()) {
            out.line("    * no node has registered yet");
        }
        unplaced.refusals().forEach(refusal -> out.line("    * " + Wording.reason(refusal)));
    }
}
