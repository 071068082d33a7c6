package dev.drover.controller.nodes;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.EphemeralDisk;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.wire.ExecInput;
import dev.drover.manifests.wire.FromNode.Fetch;
import dev.drover.manifests.wire.StreamRequest;
import dev.drover.store.typed.Tables;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Carries what an allocation has left on one node to its next copy on another one: nodes do not
/// talk to each other, and none of them listens.
final class Relay {
    /// How soon a node that sends all the streams it may is asked again, and one that has gone is
    /// noticed.
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Tables tables;
    private final Roster roster;
    private final CountDownLatch never = new CountDownLatch(1);

    Relay(Tables tables, Roster roster) {
        this.tables = tables;
        this.roster = roster;
    }

    /// Asks a node for something; empty while it sends as many streams as it may.
    interface Asking extends Function<StreamRequest, Optional<NodeStream>> {}

    private sealed interface Source {
        record On(String node, String allocation) implements Source {}

        record Nowhere(String because) implements Source {}
    }

    /// Carries all of it, or the reason why not.
    ///
    /// @param node that asks
    /// @param stands whether its link does
    void carry(String node, Fetch wish, Asking to, BooleanSupplier stands) {
        try {
            switch (source(node, wish)) {
                case Source.On on -> carry(on, wish, to, stands);
                case Source.Nowhere(String because) -> refuse(wish, because, to, stands);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the thread ends here
        }
    }

    /// Nobody sees what another one's tasks have left: only that of the copy before.
    private Source source(String node, Fetch wish) {
        Optional<Allocation> asking =
                tables.allocations()
                        .get(wish.namespace(), wish.allocation())
                        .filter(a -> a.spec().node().equals(node))
                        .filter(a -> !a.status().phase().terminal());
        if (asking.isEmpty()) {
            return new Source.Nowhere("it is not for this node");
        }
        boolean migrates =
                Known.group(tables, asking.get())
                        .flatMap(TaskGroup::ephemeralDisk)
                        .flatMap(EphemeralDisk::migrate)
                        .orElse(false);
        Optional<String> previous = asking.get().spec().previous();
        if (!migrates || previous.isEmpty()) {
            return new Source.Nowhere("its group's disk does not migrate");
        }
        return tables.allocations()
                .get(wish.namespace(), previous.get())
                .<Source>map(before -> new Source.On(before.spec().node(), before.id()))
                .filter(source -> !source.equals(new Source.On(node, previous.get())))
                .orElseGet(() -> new Source.Nowhere("nobody has it any more"));
    }

    private void carry(Source.On source, Fetch wish, Asking to, BooleanSupplier stands)
            throws InterruptedException {
        StreamRequest leave = new StreamRequest.Leave(source.allocation());
        Optional<NodeStream> from = Optional.empty();
        while (from.isEmpty() && stands.getAsBoolean()) {
            Optional<NodeLink> link = roster.link(source.node());
            if (link.isEmpty()) {
                refuse(wish, "node \"" + source.node() + "\" is not connected", to, stands);
                return;
            }
            from = link.get().open(leave);
            pauseUnless(from.isPresent());
        }
        if (from.isPresent()) {
            try (NodeStream leaving = from.get()) {
                carry(leaving, wish, to, stands);
            }
        }
    }

    private void carry(NodeStream from, Fetch wish, Asking to, BooleanSupplier stands)
            throws InterruptedException {
        while (!from.ready(LOOK_AGAIN)) { // it ends there first
            if (!stands.getAsBoolean()) {
                return;
            }
        }
        Optional<byte[]> bytes;
        try {
            bytes = from.next();
        } catch (IOException e) {
            refuse(wish, String.valueOf(e.getMessage()), to, stands);
            return;
        }
        Optional<NodeStream> taking =
                opened(new StreamRequest.Take(wish.allocation(), Optional.empty()), to, stands);
        if (taking.isPresent()) {
            try (NodeStream into = taking.get()) {
                while (bytes.isPresent() && give(into, bytes.get())) {
                    bytes = from.next();
                }
                into.give(new ExecInput("", true, Optional.empty()));
                into.next(); // until all of it is in its place
            } catch (IOException cut) {
                // Either node tells its own; what is closed before its end does not count there.
            }
        }
    }

    private static boolean give(NodeStream to, byte[] bytes) throws InterruptedException {
        boolean taken = true;
        for (int at = 0; taken && at < bytes.length; at += ExecInput.BYTES_MAX) {
            byte[] part =
                    Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + ExecInput.BYTES_MAX));
            String base64 = Base64.getEncoder().encodeToString(part);
            taken = to.give(new ExecInput(base64, false, Optional.empty()));
        }
        return taken;
    }

    private void refuse(Fetch wish, String because, Asking to, BooleanSupplier stands)
            throws InterruptedException {
        StreamRequest refusal = new StreamRequest.Take(wish.allocation(), Optional.of(because));
        Optional<NodeStream> told = opened(refusal, to, stands);
        if (told.isPresent()) {
            try (NodeStream stream = told.get()) {
                stream.next();
            } catch (IOException gone) {
                // It does not wait any more.
            }
        }
    }

    private Optional<NodeStream> opened(StreamRequest request, Asking to, BooleanSupplier stands)
            throws InterruptedException {
        Optional<NodeStream> stream = Optional.empty();
        while (stream.isEmpty() && stands.getAsBoolean()) {
            stream = to.apply(request);
            pauseUnless(stream.isPresent());
        }
        return stream;
    }

    private void pauseUnless(boolean open) throws InterruptedException {
        if (!open) {
            never.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
