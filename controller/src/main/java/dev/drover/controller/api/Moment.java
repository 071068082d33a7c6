package dev.drover.controller.api;

import dev.drover.controller.http.Call;
import dev.drover.controller.http.Failure;
import dev.drover.controller.http.Reason;
import dev.drover.controller.http.RequestFailed;
import dev.drover.store.At;
import dev.drover.store.Revision;
import dev.drover.store.Store;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// The past moment that a call asks about: `at=REVISION`, `at=TIME`, or Kubernetes'
/// `resourceVersion=REVISION&resourceVersionMatch=Exact`.
final class Moment {
    /// How far the clock of who asks may be ahead of this one.
    private static final Duration AHEAD = Duration.ofSeconds(10);

    private Moment() {}

    /// Empty when the call asks about now.
    ///
    /// @throws RequestFailed when it says no moment, or one before everything that is kept
    static Optional<At> of(Call call, Store store, Instant now) throws RequestFailed {
        Optional<String> exact =
                call.query("resourceVersionMatch").filter(match -> match.equals("Exact"));
        Optional<String> at =
                call.query("at").or(() -> exact.flatMap(_ -> call.query("resourceVersion")));
        return at.isEmpty()
                ? Optional.empty()
                : Optional.of(new At.Exactly(revision(at.get(), store, now)));
    }

    /// What to answer about a revision that is not here yet.
    static Failure future(Revision current) {
        return Failure.of(
                Reason.TIMEOUT,
                "Too large resource version: that revision is not here yet, the newest one is "
                        + current);
    }

    /// What to answer about a revision that is not here any more.
    static Failure forgotten(Revision compacted) {
        return Failure.of(
                Reason.EXPIRED,
                "that revision is forgotten: the oldest one that can be read is " + compacted);
    }

    /// The revision that a moment means.
    static Revision revision(String at, Store store, Instant now) throws RequestFailed {
        if (at.matches("[0-9]{1,18}")) {
            return Revision.parse(at);
        }
        Instant time = time(at);
        if (time.isAfter(now.plus(AHEAD))) {
            throw new RequestFailed(
                    Reason.BAD_REQUEST,
                    "%s is still to come, here it is %s: ask about a time that is over, or leave it out"
                            .formatted(time, now.truncatedTo(ChronoUnit.SECONDS)));
        }
        Revision found = store.revisionAt(time);
        if (found.equals(Revision.NONE)) {
            throw new RequestFailed(Reason.EXPIRED, before(at, store));
        }
        return found;
    }

    /// What to answer about a time before all that is known.
    private static String before(String at, Store store) {
        if (store.compacted().after(Revision.NONE)) {
            return "what was there at %s is forgotten: the oldest revision that can be read is %s"
                    .formatted(at, store.compacted());
        }
        return store.timeOf(Revision.NONE.next())
                .map(first ->
                        "at %s nothing had been written: the first change is of %s"
                                .formatted(at, first))
                .orElse("it is not known what was there at " + at);
    }

    private static Instant time(String at) throws RequestFailed {
        try {
            return Instant.parse(at);
        } catch (DateTimeException e) {
            throw new RequestFailed(
                    Reason.BAD_REQUEST,
                    "at=%s is neither a revision nor a time like 2026-11-24T18:45:00Z"
                            .formatted(at));
        }
    }
}
