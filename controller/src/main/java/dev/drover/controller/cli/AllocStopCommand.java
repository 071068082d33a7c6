package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Listing;
import dev.drover.controller.client.Seen;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Watch;
import dev.drover.controller.client.Where;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `drover alloc stop ID`: stops one allocation of a job that goes on, so that another takes its
/// place.
final class AllocStopCommand implements Command {

    @Override
    public CommandSpec spec() {
        return Options.client(
                        "alloc stop",
                        "Stops an allocation; another takes its place.",
                        List.of("drover alloc stop 1c4f9a02", "drover alloc stop -detach 1c4f9a02"))
                .addPositional(Options.required(0, "ID", "An allocation's id, or its beginning."))
                .addOption(Options.flag("Does not wait until it has stopped.", "--detach"));
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Client client = invocation.client();
        Allocation wanted =
                new Lookup(client, invocation.namespace())
                        .one(Type.ALLOCATIONS, invocation.required(0));
        String subject = "Allocation \"" + Ids.brief(wanted.id()) + "\" ";
        Out out = invocation.out();
        client.delete(Kind.ALLOCATION, wanted.name());
        out.line(
                "%s(%s[%d] of job \"%s\") stops on node \"%s\"; another takes its place as long as the job wants one"
                        .formatted(
                                subject,
                                wanted.spec().group(),
                                wanted.spec().index(),
                                wanted.spec().jobName(),
                                wanted.spec().node()));
        if (!invocation.flag("--detach")) {
            await(client, wanted);
            out.line(subject + "has stopped");
        }
        return 0;
    }

    /// Until it is over, or forgotten already.
    private static void await(Client client, Allocation wanted) throws IOException {
        String namespace = wanted.metadata().namespace();
        Where there = Where.field("spec.node", wanted.spec().node());
        while (true) {
            Listing<Allocation> listing = client.list(Type.ALLOCATIONS, namespace, there);
            if (listing.items().stream()
                    .noneMatch(now -> now.id().equals(wanted.id()) && now.occupies())) {
                return;
            }
            try (Watch<Allocation> watch =
                    client.watch(Type.ALLOCATIONS, namespace, there, listing.revision())) {
                for (Optional<Seen<Allocation>> seen = watch.next();
                        seen.isPresent();
                        seen = watch.next()) {
                    if (over(seen.get(), wanted.id())) {
                        return;
                    }
                }
            }
        }
    }

    private static boolean over(Seen<Allocation> seen, String id) {
        return switch (seen) {
            case Seen.Now<Allocation>(Allocation now) -> now.id().equals(id) && !now.occupies();
            case Seen.Gone<Allocation>(Allocation last) -> last.id().equals(id);
        };
    }
}
