package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Listing;
import dev.drover.controller.client.Seen;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Watch;
import dev.drover.controller.client.Where;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.DrainSpec;
import dev.drover.manifests.model.Node;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells how a node empties until it is, or until nobody drains it any more.
final class DrainMonitor {
    /// Between looks at whether somebody still drains the node, while nothing of it moves.
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Client client;
    private final Out out;
    private final InstantSource clock;

    DrainMonitor(Client client, Out out, InstantSource clock) {
        this.client = client;
        this.out = out;
        this.clock = clock;
    }

    /// Follows a drain to its end.
    ///
    /// @param before what was on the node before the drain began: what has ended since is news
    /// @param ignoredSystem whether the drain was asked to leave those: it may have ended by now
    void follow(Node node, List<Allocation> before, boolean ignoredSystem) throws IOException {
        String name = node.metadata().name();
        say("Monitoring node \"" + name + "\": Ctrl-C to detach monitoring");
        Where there = Where.field("spec.node", name);
        Map<String, Allocation> known = new HashMap<>();
        before.forEach(a -> known.put(a.id(), a));
        boolean ignoresSystem = ignoredSystem;
        for (boolean drained = true; drained; ) {
            Optional<DrainSpec> drain =
                    drain(name); // first: what is listed after it is all it moved
            drained = drain.isPresent();
            ignoresSystem = drain.map(DrainSpec::ignoreSystem).orElse(ignoresSystem);
            Listing<Allocation> listing = client.list(Type.ALLOCATIONS, "", there);
            listing.items().forEach(a -> tell(known, a));
            if (drained && empty(known)) {
                awaitEnd(name);
            } else if (drained) {
                try (Watch<Allocation> watch =
                        client.watch(Type.ALLOCATIONS, "", there, listing.revision(), LOOK)) {
                    follow(watch, known, name);
                }
            }
        }
        long left = known.values().stream().filter(Allocation::occupies).count();
        say(ended(name, left, ignoresSystem));
    }

    private static String ended(String name, long left, boolean ignoresSystem) {
        if (left == 0) {
            return "All allocations on node \"" + name + "\" have stopped";
        }
        String there = Wording.count((int) left, "allocation");
        return ignoresSystem
                ? "The drain of node \"%s\" has ended; %s left, as those of system jobs are to be"
                        .formatted(name, there)
                : "Nobody drains node \"%s\" any more; %s left".formatted(name, there);
    }

    /// Until the watch ends, the node is empty, or nobody drains it.
    private void follow(Watch<Allocation> watch, Map<String, Allocation> known, String node)
            throws IOException {
        for (Optional<Seen<Allocation>> seen = watch.next();
                seen.isPresent();
                seen = watch.next()) {
            switch (seen.get()) {
                case Seen.Now<Allocation>(Allocation now) -> tell(known, now);
                case Seen.Gone<Allocation>(Allocation last) -> known.remove(last.id());
            }
            if (empty(known) || !drained(node)) {
                return;
            }
        }
    }

    private static boolean empty(Map<String, Allocation> known) {
        return known.values().stream().noneMatch(Allocation::occupies);
    }

    private boolean drained(String node) throws IOException {
        return drain(node).isPresent();
    }

    private Optional<DrainSpec> drain(String node) throws IOException {
        return client.list(Type.NODES, "", Where.field("metadata.name", node)).items().stream()
                .flatMap(n -> n.spec().drain().stream())
                .findFirst();
    }

    private void awaitEnd(String name) throws IOException {
        Where where = Where.field("metadata.name", name);
        Listing<Node> listing = client.list(Type.NODES, "", where);
        if (listing.items().stream().noneMatch(n -> n.spec().drain().isPresent())) {
            return;
        }
        try (Watch<Node> watch = client.watch(Type.NODES, "", where, listing.revision())) {
            for (Optional<Seen<Node>> seen = watch.next(); seen.isPresent(); seen = watch.next()) {
                if (!(seen.get() instanceof Seen.Now<Node>(Node now))
                        || now.spec().drain().isEmpty()) {
                    return;
                }
            }
        }
    }

    private void tell(Map<String, Allocation> known, Allocation now) {
        Optional<Allocation> before = Optional.ofNullable(known.put(now.id(), now));
        String subject = "Alloc \"" + Ids.brief(now.id()) + "\" (" + now.title() + ") ";
        boolean stopped = !now.live() && before.map(Allocation::live).orElse(false);
        if (stopped && now.occupies()) {
            say(subject + "marked for migration: " + now.spec().desiredBecause());
        }
        before.map(old -> old.status().phase())
                .filter(old -> old != now.status().phase())
                .ifPresent(old ->
                        say(
                                subject
                                        + "status "
                                        + Wording.word(old)
                                        + " -> "
                                        + Wording.word(now.status().phase())));
    }

    private void say(String text) {
        out.line(Times.stamp(clock.instant()) + ": " + text);
    }
}
