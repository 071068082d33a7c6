package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Refused;
import dev.drover.controller.client.Type;
import dev.drover.manifests.diff.ResourceDiff;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Plan;
import dev.drover.manifests.model.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;

/// `drover plan FILE…`: what running the files would change, field by field, and what the server's
/// own decision would do to running allocations. What the server refuses is said behind the rest.
/// Nothing is written. Exit code 0 when nothing would change, 2 when something would, 1 when
/// something is refused.
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
        Client client = invocation.client();
        Set<String> coming = coming(wanted, client);
        List<PlanPage> pages = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (Resource each : wanted) {
            Resource placed = Placed.in(invocation.namespace(), each);
            try {
                pages.add(page(placed, coming.contains(placed.metadata().namespace()), client));
            } catch (Refused e) {
                refused.add(Rehearsal.name(placed) + ": " + e.what());
            }
        }
        PlanPage.print(pages, form, invocation.out());
        if (!refused.isEmpty()) {
            refused.forEach(why -> invocation.out().error(why, "", ""));
            return 1;
        }
        return pages.stream().anyMatch(page -> page.plan().changes()) ? CHANGES : 0;
    }

    /// The namespaces that the files would make.
    private static Set<String> coming(List<Resource> wanted, Client client) throws IOException {
        Set<String> coming = new TreeSet<>();
        for (Resource each : wanted) {
            if (each.kind() == Kind.NAMESPACE
                    && client.find(Type.of(each.kind()), each.name()).isEmpty()) {
                coming.add(each.metadata().name());
            }
        }
        return coming;
    }

    /// @param early whether the resource's namespace is still to be made
    private static PlanPage page(Resource placed, boolean early, Client client) throws IOException {
        if (early) {
            Optional<String> waits =
                    placed instanceof Job
                            ? Optional.of(
                                    "its namespace is made first; where its copies go is told then")
                            : Optional.empty();
            return PlanPage.of(Rehearsal.name(placed), "created", waits, ResourceDiff.none());
        }
        return placed instanceof Job job ? plan(job, client) : rehearsed(placed, client);
    }

    private static PlanPage rehearsed(Resource placed, Client client) throws IOException {
        String name = Rehearsal.name(placed);
        return Rehearsal.of(placed, client)
                .map(differs ->
                        PlanPage.of(
                                name,
                                differs.created() ? "created" : "changed",
                                Optional.empty(),
                                differs.fields()))
                .orElseGet(() ->
                        PlanPage.of(name, "unchanged", Optional.empty(), ResourceDiff.none()));
    }

    private static PlanPage plan(Job job, Client client) throws IOException {
        Plan plan = client.plan(job);
        Optional<Job> stored = client.find(Type.JOBS, job.name());
        return new PlanPage(
                Rehearsal.name(job),
                plan,
                stored.map(old -> ResourceDiff.between(old, job)).orElse(ResourceDiff.none()));
    }
}
