package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover diff FILE…`: what files say against what is stored, and what is stored against what
/// runs. Nothing is written. Exit code 0 when nothing differs, 2 when something does.
final class DiffCommand implements Command {
    private static final int DIFFERENT = 2;

    @Override
    public CommandSpec spec() {
        return Manifested.options(
                Options.client(
                                "diff",
                                "Compares files with what is stored, and that with what runs.",
                                List.of("drover diff web.hcl", "drover diff -o json cluster/"))
                        .addOption(Review.option())
                        .addPositional(Options.any("FILE", "A manifest, a folder of them, or -.")));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Review form = Review.of(invocation);
        List<Resource> wanted = Manifested.read(invocation.parameters(), invocation);
        Client client = invocation.client();
        var stored = new ArrayList<DiffPage.Stored>();
        var running = new LinkedHashMap<String, List<String>>();
        for (Resource resource : wanted) {
            Resource placed = Placed.in(invocation.namespace(), resource);
            Rehearsal.of(placed, client).ifPresent(stored::add);
            if (placed instanceof Job job) {
                Optional<Job> kept = client.find(Type.JOBS, job.name());
                if (kept.isPresent()) {
                    running.put(
                            Rehearsal.name(job),
                            Reality.of(kept.get(), Listings.allocationsOf(job, client)));
                }
            }
        }
        DiffPage page = new DiffPage(stored, running);
        page.print(form, invocation.out());
        return page.same() ? 0 : DIFFERENT;
    }
}
