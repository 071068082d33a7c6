package dev.drover.reconcilers.counting;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DeploymentGroup;
import dev.drover.manifests.model.DeploymentPhase;
import dev.drover.manifests.model.UpdatePolicy;
import java.util.Map;
import java.util.Optional;

/// How far the update of a group may go now.
///
/// @param way whether it goes on at all
/// @param maxParallel how many slots may be out of service at once for its sake; 0 for no limit
/// @param surge whether a new copy starts, and serves, before the old one of its slot stops
/// @param canaries new copies that are tried before any other is replaced; 0 once they were
///   promoted, or when none are wanted
/// @param health who says whether a copy of the wanted version is healthy
public record Rollout(Way way, int maxParallel, boolean surge, int canaries, Health health) {
    /// Whether an update goes on.
    public enum Way {
        /// Copies are replaced, canaries are tried.
        OPEN,
        /// Nothing new begins; what was begun stays.
        PAUSED,
        /// Nothing new begins, and what was tried beside an older copy and does not serve is given
        /// up.
        FAILED
    }

    /// Who says whether copies of the wanted version are healthy.
    ///
    /// @param required whether a copy serves only once somebody has said so
    /// @param byHand whether only people say
    /// @param said what people said, by allocation's id
    public record Health(boolean required, boolean byHand, Map<String, Boolean> said) {
        /// Nobody has to say anything: a copy that runs serves unless its node says otherwise.
        public static final Health ASSUMED = new Health(false, false, Map.of());

        /// Whether the copy is healthy; empty while nobody has said so.
        public Optional<Boolean> of(Allocation copy) {
            return Optional.ofNullable(said.get(copy.id()))
                    .or(() -> byHand ? Optional.empty() : copy.status().healthy());
        }
    }

    /// Without a deployment: only the number of copies that are out at once matters.
    public static Rollout free(Optional<UpdatePolicy> policy) {
        return new Rollout(
                Way.OPEN,
                policy.flatMap(UpdatePolicy::maxParallel).orElse(0),
                policy.flatMap(UpdatePolicy::surge).orElse(false),
                0,
                Health.ASSUMED);
    }

    /// As the deployment of the wanted version says.
    public static Rollout of(UpdatePolicy policy, Deployment deployment, String group) {
        Rollout free = free(Optional.of(policy));
        DeploymentGroup part = deployment.status().groups().get(group);
        DeploymentPhase phase = deployment.status().phase();
        if (part == null || phase == DeploymentPhase.SUCCESSFUL) {
            return free;
        }
        return new Rollout(
                way(deployment),
                free.maxParallel,
                free.surge,
                part.promoted() ? 0 : part.desiredCanaries(),
                new Health(
                        true,
                        policy.healthCheck().filter("manual"::equals).isPresent(),
                        deployment.spec().health()));
    }

    private static Way way(Deployment deployment) {
        return switch (deployment.status().phase()) {
            case FAILED, CANCELLED -> Way.FAILED;
            case PAUSED -> Way.PAUSED;
            // what somebody asked for counts before the loop has answered
            case RUNNING, SUCCESSFUL ->
                    deployment.spec().paused() || deployment.spec().failed()
                            ? Way.PAUSED
                            : Way.OPEN;
        };
    }

    /// The same where the slots of a group cannot hold two copies.
    public Rollout withoutSurge() {
        return new Rollout(way, maxParallel, false, canaries, health);
    }

    /// Whether old copies stay as they are, but for the canaries.
    boolean frozen() {
        return way != Way.OPEN || canaries > 0;
    }

    /// Whether a copy does what it is there for.
    boolean serves(Allocation copy, Effect effect) {
        if (copy.status().phase() != AllocationPhase.RUNNING) {
            return false;
        }
        boolean said = effect == Effect.NONE && health.required;
        return said ? health.of(copy).orElse(false) : copy.status().healthy().orElse(true);
    }
}
