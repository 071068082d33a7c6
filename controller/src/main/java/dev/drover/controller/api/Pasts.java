package dev.drover.controller.api;

import dev.drover.controller.http.Answer;
import dev.drover.controller.http.Call;
import dev.drover.controller.http.RequestFailed;
import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Resource;
import dev.drover.store.Change;
import dev.drover.store.Store;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.TypedChange;
import java.util.List;
import java.util.stream.Collectors;

/// Answers what happened to one resource, as far as it is remembered.
final class Pasts {
    /// Changes of one answer: more than anybody reads, and bounded.
    private static final int LIMIT_MAX = 1_000;

    private static final int LIMIT = 100;

    private final Tables tables;

    Pasts(Tables tables) {
        this.tables = tables;
    }

    /// Newest first, each as a watch would have said it, with the time at which it happened.
    Answer answer(Call call) throws RequestFailed {
        Target target = Target.of(call);
        int limit = Math.clamp(call.number("limit", LIMIT), 1, LIMIT_MAX);
        List<TypedChange<Resource>> changes =
                tables.of(target.kind()).history(target.resourceName(), limit);
        if (changes.isEmpty()) {
            throw new RequestFailed(target.missing());
        }
        Store store = tables.store();
        return Answer.json(
                changes.stream()
                        .map(change -> item(change, store))
                        .collect(
                                Collectors.joining(
                                        ",",
                                        "{\"metadata\":{\"resourceVersion\":\"%s\",\"compacted\":\"%s\"},\"items\":["
                                                .formatted(store.revision(), store.compacted()),
                                        "]}")));
    }

    private static String item(TypedChange<Resource> change, Store store) {
        String happened =
                store.timeOf(change.revision())
                        .map(time -> "\"time\":" + Json.quoted(time.toString()) + ",")
                        .orElse("");
        Resource seen = change.current();
        Resource at =
                change.type() == Change.Type.DELETED
                        ? seen.withMetadata(seen.metadata().at(change.revision().toString()))
                        : seen;
        return "{\"type\":\"%s\",%s\"object\":%s}"
                .formatted(change.type(), happened, RecordJson.manifest(at));
    }
}
