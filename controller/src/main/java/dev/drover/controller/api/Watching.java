package dev.drover.controller.api;

import dev.drover.controller.http.Answer;
import dev.drover.controller.http.Failure;
import dev.drover.controller.http.Reason;
import dev.drover.controller.http.StatusJson;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import dev.drover.store.Change;
import dev.drover.store.Revision;
import dev.drover.store.typed.Table;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.TypedChange;
import dev.drover.store.typed.TypedDelivery;
import dev.drover.store.typed.TypedWatch;
import dev.drover.store.typed.WatchOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// Answers watches: a line of JSON for each event, in the order of the store, without a gap. The
/// client's pace is the pace of reading from the store, which keeps for a slow one what it has not
/// had; only compaction ends it early.
final class Watching {
    private final Tables tables;

    Watching(Tables tables) {
        this.tables = tables;
    }

    /// A revision of another server, or of this one before a backup was restored, is refused: the
    /// watch would be silent until it comes.
    Answer answer(Target target, ListQuery query, View view) {
        Revision newest = tables.revision();
        if (query.from().filter(seen -> seen.after(newest)).isPresent()) {
            return new Answer.Failed(Moment.future(newest));
        }
        return new Answer.Stream(Answer.JSON, sink -> send(target, query, view, sink));
    }

    private void send(Target target, ListQuery query, View view, Answer.Sink sink)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + query.timeout().toNanos();
        Lines lines = new Lines(target.kind(), query, view);
        try (TypedWatch<Resource> watch = watch(target, query)) {
            boolean open = true;
            long left = query.timeout().toNanos();
            while (open && left > 0) {
                Optional<TypedDelivery<Resource>> next = watch.next(Duration.ofNanos(left));
                open = next.isEmpty() || lines.take(next.get());
                String text = lines.text();
                if (!text.isEmpty()) {
                    sink.write(text.getBytes(StandardCharsets.UTF_8));
                }
                left = end - System.nanoTime();
            }
        }
    }

    private TypedWatch<Resource> watch(Target target, ListQuery query) {
        WatchOptions from =
                query.from()
                        .map(seen -> WatchOptions.from(seen.next()))
                        .orElseGet(WatchOptions::initial);
        WatchOptions options = query.bookmarks() ? from.withBookmarks() : from;
        Table<Resource> table = tables.of(target.kind());
        return target.namespace().isEmpty()
                ? table.watch(options)
                : table.watch(target.namespace(), options);
    }

    /// What deliveries are on the wire. Belongs to one watch.
    private static final class Lines {
        private final Kind kind;
        private final ListQuery query;
        private final View view;
        private final StringBuilder text = new StringBuilder();
        private boolean first = true;

        Lines(Kind kind, ListQuery query, View view) {
            this.kind = kind;
            this.query = query;
            this.view = view;
        }

        /// Takes what is written so far.
        String text() {
            String taken = text.toString();
            text.setLength(0);
            return taken;
        }

        /// False when the watch is over.
        boolean take(TypedDelivery<Resource> delivery) {
            return switch (delivery) {
                case TypedDelivery.Frame<Resource>(var changes) -> {
                    changes.forEach(this::change);
                    yield true;
                }
                case TypedDelivery.Bookmark<Resource>(Revision revision) -> {
                    bookmark(revision, "");
                    yield true;
                }
                case TypedDelivery.InitialDone<Resource>(Revision revision) -> {
                    if (query.initial()) {
                        bookmark(
                                revision,
                                ",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}");
                    }
                    yield true;
                }
                case TypedDelivery.TooOld<Resource>(Revision compacted, _) -> {
                    error(
                            Reason.EXPIRED,
                            "everything before revision %s is forgotten: list again"
                                    .formatted(compacted));
                    yield false;
                }
                case TypedDelivery.Forbidden<Resource> _ -> {
                    error(Reason.FORBIDDEN, "you may not see this any more");
                    yield false;
                }
            };
        }

        private void change(TypedChange<Resource> change) {
            Optional<Change.Type> type = query.selection().seen(change);
            if (type.isPresent()) {
                Resource seen = change.current();
                // A deletion carries the last value and the revision that deleted it.
                Resource at =
                        type.get() == Change.Type.DELETED
                                ? seen.withMetadata(
                                        seen.metadata().at(change.revision().toString()))
                                : seen;
                line(type.get().name(), view.event(at, first));
                first = false;
            }
        }

        private void bookmark(Revision revision, String annotations) {
            line(
                    "BOOKMARK",
                    "{\"kind\":\"%s\",\"apiVersion\":\"%s\",\"metadata\":{\"resourceVersion\":\"%s\"%s}}"
                            .formatted(kind.text(), Kind.API_VERSION, revision, annotations));
        }

        private void error(Reason reason, String message) {
            line("ERROR", StatusJson.of(Failure.of(reason, message)));
        }

        private void line(String type, String object) {
            text.append("{\"type\":\"")
                    .append(type)
                    .append("\",\"object\":")
                    .append(object)
                    .append("}\n");
        }
    }
}
