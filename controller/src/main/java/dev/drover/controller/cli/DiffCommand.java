package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Written;
import dev.drover.manifests.diff.ResourceDiff;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
            againstStored(placed, client).ifPresent(stored::add);
            if (placed instanceof Job job) {
                Optional<Job> kept = client.find(Type.JOBS, job.name());
                if (kept.isPresent()) {
                    running.put(
                            name(job), Reality.of(kept.get(), Listings.allocationsOf(job, client)));
                }
            }
        }
        DiffPage page = new DiffPage(stored, running);
        page.print(form, invocation.out());
        return page.same() ? 0 : DIFFERENT;
    }

    private static String name(Resource resource) {
        return resource.kind().text().toLowerCase(Locale.ROOT) + "/" + resource.metadata().name();
    }

    /// The server itself says whether a write would change anything: nobody else knows better what
    /// counts as a change.
    private static Optional<DiffPage.Stored> againstStored(Resource wanted, Client client)
            throws IOException {
        return switch (rehearse(Type.of(wanted.kind()), wanted, client)) {
            case Written.Created<?> _ ->
                    Optional.of(new DiffPage.Stored(name(wanted), true, ResourceDiff.none()));
            case Written.Changed<?> _ -> Optional.of(changed(wanted, client));
            case Written.Unchanged<?> _ -> Optional.empty();
        };
    }

    private static DiffPage.Stored changed(Resource wanted, Client client) throws IOException {
        Optional<? extends Resource> stored = client.find(Type.of(wanted.kind()), wanted.name());
        ResourceDiff fields =
                stored.isPresent()
                        ? ResourceDiff.between(stored.get(), wanted)
                        : ResourceDiff.none();
        return new DiffPage.Stored(name(wanted), false, fields);
    }

    private static <T extends Resource> Written<T> rehearse(
            Type<T> type, Resource wanted, Client client) throws IOException {
        return client.rehearse(type, type.record().cast(wanted));
    }
}
