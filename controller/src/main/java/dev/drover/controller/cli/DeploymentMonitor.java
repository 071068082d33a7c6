package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Listing;
import dev.drover.controller.client.Seen;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Watch;
import dev.drover.controller.client.Where;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DeploymentGroup;
import dev.drover.manifests.model.DeploymentPhase;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/// Tells every step of a deployment until it is over. It goes on whether or not somebody follows
/// it.
final class DeploymentMonitor {
    private final Client client;
    private final Out out;
    private final InstantSource clock;

    DeploymentMonitor(Client client, Out out, InstantSource clock) {
        this.client = client;
        this.out = out;
        this.clock = clock;
    }

    /// Follows it to its end; the exit code.
    int follow(Deployment begin) throws IOException {
        String name = begin.metadata().name();
        out.title(
                "==> %s: Monitoring deployment \"%s\""
                        .formatted(Times.stamp(clock.instant()), Ids.brief(name)));
        Where where = Where.field("metadata.name", name);
        String namespace = begin.metadata().namespace();
        String said = "";
        while (true) {
            Listing<Deployment> listing = client.list(Type.DEPLOYMENTS, namespace, where);
            Optional<Deployment> now = listing.items().stream().findFirst();
            if (now.isEmpty()) {
                out.line("Deployment \"" + Ids.brief(name) + "\" was removed");
                return 1;
            }
            said = tell(said, now.get());
            if (!now.get().status().phase().active()) {
                return now.get().status().phase() == DeploymentPhase.SUCCESSFUL ? 0 : 1;
            }
            said =
                    watch(
                            client.watch(Type.DEPLOYMENTS, namespace, where, listing.revision()),
                            said);
        }
    }

    /// Until the watch ends, or the deployment does. What was said last.
    private String watch(Watch<Deployment> watch, String saidBefore) throws IOException {
        String said = saidBefore;
        try (watch) {
            for (Optional<Seen<Deployment>> seen = watch.next();
                    seen.isPresent();
                    seen = watch.next()) {
                if (!(seen.get() instanceof Seen.Now<Deployment>(Deployment now))) {
                    return said;
                }
                said = tell(said, now);
                if (!now.status().phase().active()) {
                    return said;
                }
            }
        }
        return said;
    }

    /// Says how far it is, unless that was said last.
    private String tell(String said, Deployment now) {
        String text = Wording.word(now.status().phase()) + ": " + now.status().because();
        StringBuilder all = new StringBuilder(text);
        now.status().groups().forEach((name, group) -> all.append(counts(name, group)));
        if (!all.toString().equals(said)) {
            out.line("    " + Times.stamp(clock.instant()) + ": " + all);
        }
        return all.toString();
    }

    private static String counts(String name, DeploymentGroup group) {
        return "; %s: %d of %d placed, %d healthy, %d unhealthy"
                .formatted(
                        name,
                        group.placed(),
                        group.desiredTotal(),
                        group.healthy(),
                        group.unhealthy());
    }
}
