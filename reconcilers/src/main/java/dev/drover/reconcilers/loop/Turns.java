package dev.drover.reconcilers.loop;

import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.reconcilers.decision.Reconciler;
import dev.drover.reconcilers.hold.Holds;
import dev.drover.store.Commit;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The turns of one loop: view at a revision, decide, commit, and when to look again.
final class Turns {
    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

    /// After the store did not take a decision as it stands.
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(5);

    /// The view follows within a millisecond; when it does not, an old view costs a conflict.
    private static final Duration VIEW_WAIT = Duration.ofSeconds(2);

    private final Reconciler loop;
    private final LiveView view;
    private final Commits commits;
    private final Alarms alarms;
    private final InstantSource clock;
    private final Consumer<ResourceName> look;
    private final Backoff backoff = new Backoff();

    /// What the turns of every loop share.
    record Shared(LiveView view, Commits commits, Alarms alarms, InstantSource clock) {}

    /// @param look asks for another turn
    Turns(Reconciler loop, Shared shared, Consumer<ResourceName> look) {
        this.loop = loop;
        this.view = shared.view;
        this.commits = shared.commits;
        this.alarms = shared.alarms;
        this.clock = shared.clock;
        this.look = look;
    }

    static ResourceName name(HasMetadata primary) {
        String namespace = primary.getMetadata().getNamespace();
        String name = primary.getMetadata().getName();
        return namespace == null ? ResourceName.cluster(name) : new ResourceName(namespace, name);
    }

    /// One turn for the name. Answers how long to wait when it has to be repeated at once.
    Optional<Duration> turn(ResourceName name) throws InterruptedException {
        Cluster cluster = view.cluster();
        Instant now = clock.instant();
        Decision decision =
                Holds.respected(
                        loop.decide(name, cluster, now), loop.primary(), name, cluster, now);
        decision.lookAgain().ifPresent(when -> lookAgain(name, when));
        if (decision.actions().isEmpty()) {
            backoff.done(name);
            return Optional.empty();
        }
        return switch (commits.commit(decision)) {
            case Commit.Done done -> {
                backoff.done(name);
                view.await(done.revision(), VIEW_WAIT);
                yield Optional.empty();
            }
            case Commit.Conflict _, Commit.Unknown _ -> Optional.of(backoff.lost(name));
            case Commit.Refused(String why) -> {
                LOG.warn("{} {}: the store refuses the decision: {}", loop.primary(), name, why);
                yield Optional.of(AFTER_REFUSAL);
            }
        };
    }

    private void lookAgain(ResourceName name, Instant when) {
        alarms.set(new Alarms.Key(new Asked(loop, name)), when, () -> look.accept(name));
    }

    /// A loop and a name: the key of an alarm. Loops are equal only to themselves.
    private record Asked(Reconciler loop, ResourceName name) {}

    /// A turn ended in a bug.
    void failed(ResourceName name, Exception bug) {
        LOG.error("{} {}: a bug in its loop; it is tried again", loop.primary(), name, bug);
    }
}
