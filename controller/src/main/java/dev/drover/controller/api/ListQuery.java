package dev.drover.controller.api;

import dev.drover.controller.http.Call;
import dev.drover.controller.http.Reason;
import dev.drover.controller.http.RequestFailed;
import dev.drover.store.At;
import dev.drover.store.ListRequest;
import dev.drover.store.Revision;
import dev.drover.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What the query of a list or watch asks for.
///
/// @param beginning of a list: only names that begin so
/// @param limit resources of a page; all of them when the caller does not say
/// @param after where the page begins
/// @param moment the past one that a list is about
/// @param from of a list: at least this old; of a watch: changes after it
/// @param initial a watch says first what is there, and when it has said it
/// @param timeout when the server ends a watch
record ListQuery(
        Selection selection,
        String beginning,
        int limit,
        Optional<ContinueToken> after,
        Optional<At> moment,
        Optional<Revision> from,
        boolean initial,
        boolean bookmarks,
        Duration timeout) {

    /// Largest page that a caller may ask for.
    private static final int LIMIT_MAX = 10_000;

    /// Longest watch, and what is meant without a wish: so that dead clients go away some day.
    private static final Duration TIMEOUT_MAX = Duration.ofHours(1);

    static ListQuery of(Call call, Store store, Instant now) throws RequestFailed {
        Optional<At> moment = Moment.of(call, store, now);
        Optional<String> version =
                call.query("resourceVersion").filter(v -> moment.isEmpty() && !v.equals("0"));
        Optional<String> token = call.query("continue");
        long seconds = call.number("timeoutSeconds", TIMEOUT_MAX.toSeconds());
        long limit = call.number("limit", 0);
        return new ListQuery(
                Selection.of(
                        call.query("labelSelector").orElse(""),
                        call.query("fieldSelector").orElse("")),
                call.query("nameBeginning").orElse(""),
                limit == 0 ? ListRequest.MAX_LIMIT : (int) Math.min(limit, LIMIT_MAX),
                token.isPresent()
                        ? Optional.of(ContinueToken.parse(token.get()))
                        : Optional.empty(),
                moment,
                version.isPresent() ? Optional.of(revision(version.get())) : Optional.empty(),
                call.flag("sendInitialEvents"),
                call.flag("allowWatchBookmarks"),
                Duration.ofSeconds(Math.min(seconds, TIMEOUT_MAX.toSeconds())));
    }

    /// As of when a list reads.
    At at() {
        return after.<At>map(t -> new At.Exactly(t.revision()))
                .or(() -> moment)
                .or(() -> from.map(At.NotOlderThan::new))
                .orElse(At.NEWEST);
    }

    private static Revision revision(String text) throws RequestFailed {
        if (!text.matches("[0-9]{1,18}")) {
            throw new RequestFailed(
                    Reason.BAD_REQUEST,
                    "resourceVersion=%s is not a revision of this server".formatted(text));
        }
        return Revision.parse(text);
    }
}
