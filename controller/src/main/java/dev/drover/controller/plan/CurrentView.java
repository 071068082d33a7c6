package dev.drover.controller.plan;

import dev.drover.controller.http.Reason;
import dev.drover.controller.http.RequestFailed;
import dev.drover.reconcilers.cluster.Cluster;
import java.time.Duration;
import java.util.Optional;

/// What the loops know, for answers about now: it has every write that was acknowledged before the
/// question, so that `plan` right behind `run` plans with what was run.
public final class CurrentView {
    /// Mostly it is a millisecond. A view that is behind for longer has a million changes to read,
    /// and whoever asks is told so instead of something old.
    private static final Duration WAIT = Duration.ofSeconds(5);

    private final Source source;

    /// Where views come from.
    public interface Source {
        /// The view with everything that is stored at the time of the call; empty when it does not
        /// get there in time.
        Optional<Cluster> current(Duration atMost) throws InterruptedException;
    }

    /// Asks `source`.
    public CurrentView(Source source) {
        this.source = source;
    }

    /// The view of now.
    ///
    /// @throws RequestFailed when the loops are far behind what is stored
    public Cluster cluster() throws RequestFailed, InterruptedException {
        return source.current(WAIT)
                .orElseThrow(() ->
                        new RequestFailed(
                                Reason.TIMEOUT,
                                "the scheduler has not read all that is stored after %d s, so an"
                                                .formatted(WAIT.toSeconds())
                                        + " answer would be about an older cluster: ask again in"
                                        + " a moment"));
    }
}
