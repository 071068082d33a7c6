package dev.drover.controller.api;

import dev.drover.controller.http.Answer;
import dev.drover.controller.http.Call;
import dev.drover.controller.http.Reason;
import dev.drover.controller.http.RequestFailed;
import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.wire.StoreStatus;
import dev.drover.store.Revision;
import dev.drover.store.durable.Copy;
import dev.drover.store.durable.DurableStore;
import dev.drover.store.durable.Stats;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;

/// Answers who looks after the store: how it fares, a backup, compaction.
final class Keeping {
    private static final String ZIP = "application/zip";

    /// Compaction without a wish leaves this much: watches and pages are under way in it.
    private static final Duration LEFT = Duration.ofMinutes(5);

    private static final double MICROS = 1e6;

    private final DurableStore store;
    private final InstantSource clock;

    Keeping(DurableStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    Answer status() {
        return Answer.json(RecordJson.text(statusNow()));
    }

    private StoreStatus statusNow() {
        Stats stats = store.stats();
        Stats.Counts counts = stats.counts();
        Stats.Sizes sizes = stats.sizes();
        return new StoreStatus(
                store.clusterId(),
                new StoreStatus.Revisions(
                        stats.revisions().newest().number(),
                        stats.revisions().compacted().number(),
                        stats.revisions().cleaned().number()),
                new StoreStatus.Work(
                        counts.done(),
                        counts.conflicts(),
                        counts.refused(),
                        counts.unknown(),
                        stats.paces().syncs().count(),
                        (long) (stats.paces().syncs().sum() * MICROS)),
                new StoreStatus.Sizes(
                        sizes.keys(),
                        sizes.watches(),
                        sizes.watchLag(),
                        sizes.fileBytes(),
                        sizes.logBytes(),
                        sizes.freeBytes()));
    }

    /// As it is made; a connection that is closed before the end says that it failed.
    Answer backup() throws IOException {
        return new Answer.Stream(ZIP, new Saved(store.copy()));
    }

    private record Saved(Copy copy) implements Answer.Body {
        @Override
        public void send(Answer.Sink sink) throws IOException {
            copy.write(new Sent(sink));
        }

        @Override
        public void close() throws IOException {
            copy.close();
        }
    }

    Answer compact(Call call) throws RequestFailed {
        Optional<String> at = call.query("at");
        Revision to =
                at.isPresent()
                        ? Moment.revision(at.get(), store, clock.instant())
                        : store.revisionAt(clock.instant().minus(LEFT));
        if (to.after(store.revision())) {
            throw new RequestFailed(
                    Reason.BAD_REQUEST,
                    "cannot compact at %s: the newest revision is %s"
                            .formatted(to, store.revision()));
        }
        store.compact(to);
        return status();
    }

    /// A body as a stream.
    private static final class Sent extends OutputStream { // what a zip is written to
        private final Answer.Sink sink;

        private Sent(Answer.Sink sink) {
            this.sink = sink;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                sink.write(Arrays.copyOfRange(bytes, offset, offset + length));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("the server closes", e);
            }
        }
    }
}
