package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.manifests.diff.ResourceDiff;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Plan;
import dev.drover.manifests.model.Resource;
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

    @Override
    public CommandSpec spec() {
        return Manifested.options(
                Options.client(
                                "plan",
                                "Shows what running the files would do, and does nothing.",
                                List.of("drover plan web.hcl", "drover plan -o markdown cluster/"))
                        .addOption(Review.option())
                        .addPositional(Options.any("FILE", "A manifest, a folder of them, or -.")));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Review form = Review.of(invocation);
        List<Resource> wanted = Manifested.read(invocation.parameters(), invocation);
        List<PlanPage> pages = new ArrayList<>();
        for (Resource resource : wanted) {
            if (Placed.in(invocation.namespace(), resource) instanceof Job job) {
                pages.add(plan(job, invocation.client()));
            }
        }
        PlanPage.print(pages, form, invocation.out());
        return pages.stream().anyMatch(page -> page.plan().changes()) ? CHANGES : 0;
    }

    private static PlanPage plan(Job job, Client client) throws IOException {
        Plan plan = client.plan(job);
        Optional<Job> stored = client.find(Type.JOBS, job.name());
        return new PlanPage(
                "job/" + job.metadata().name(),
                plan,
                stored.map(old -> ResourceDiff.between(old, job)).orElse(ResourceDiff.none()));
    }
}
