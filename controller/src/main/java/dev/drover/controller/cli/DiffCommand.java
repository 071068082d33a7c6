package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Written;
import dev.drover.manifests.diff.ResourceDiff;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Resource;
import java.io.IOException;
import java.util.ArrayList;
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
                                List.of("drover diff web.hcl", "drover diff cluster/"))
                        .addPositional(
                                Options.several("FILE", "A manifest, a folder of them, or -.")));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        List<Resource> wanted = Manifested.read(invocation.parameters(), invocation);
        Client client = invocation.client();
        var desired = new ArrayList<String>();
        var running = new ArrayList<String>();
        for (Resource resource : wanted) {
            Resource placed = Placed.in(invocation.namespace(), resource);
            desired.addAll(againstStored(placed, client));
            if (placed instanceof Job job) {
                Optional<Job> stored = client.find(Type.JOBS, job.name());
                if (stored.isPresent()) {
                    running.addAll(Reality.of(stored.get(), Listings.allocationsOf(job, client)));
                }
            }
        }
        section("Files against what is stored", desired, invocation.out());
        invocation.out().blank();
        section("What is stored against what runs", running, invocation.out());
        return desired.isEmpty() && running.isEmpty() ? 0 : DIFFERENT;
    }

    private static void section(String title, List<String> lines, Out out) {
        out.title(title);
        if (lines.isEmpty()) {
            out.line("  no difference");
        }
        lines.forEach(line -> out.line("  " + line));
    }

    /// The server itself says whether a write would change anything: nobody else knows better what
    /// counts as a change.
    private static List<String> againstStored(Resource wanted, Client client) throws IOException {
        String name =
                wanted.kind().text().toLowerCase(Locale.ROOT) + "/" + wanted.metadata().name();
        return switch (rehearse(Type.of(wanted.kind()), wanted, client)) {
            case Written.Created<?> _ -> List.of("+ " + name + " is not stored yet");
            case Written.Changed<?> _ -> changed(name, wanted, client);
            case Written.Unchanged<?> _ -> List.of();
        };
    }

    private static List<String> changed(String name, Resource wanted, Client client)
            throws IOException {
        String fields = "";
        Optional<? extends Resource> stored = client.find(Type.of(wanted.kind()), wanted.name());
        if (stored.isPresent()) {
            fields = ResourceDiff.text(stored.get(), wanted);
        }
        var lines = new ArrayList<String>();
        lines.add("~ " + name + (fields.isEmpty() ? ": only a default is written out" : ""));
        fields.lines().forEach(line -> lines.add("  " + line));
        return lines;
    }

    private static <T extends Resource> Written<T> rehearse(
            Type<T> type, Resource wanted, Client client) throws IOException {
        return client.rehearse(type, type.record().cast(wanted));
    }
}
