package dev.drover.manifests.model;

import java.util.Map;
import java.util.Optional;

/// How copies are placed in the whole cluster.
///
/// @param algorithm which node is the better one; `binpack` when absent
/// @param memoryOversubscription whether tasks may use up to their `memoryMaxMib`; no when absent
/// @param allocationsMax how many allocations a node may hold; as many as fit when absent
/// @param preemption who may evict others; only system jobs when absent
/// @param pools what is otherwise in a node pool, by the pool's name
public record SchedulerConfigSpec(
        Optional<SchedulerAlgorithm> algorithm,
        Optional<Boolean> memoryOversubscription,
        Optional<Integer> allocationsMax,
        Optional<PreemptionPolicy> preemption,
        Map<String, PoolScheduling> pools) {
    /// Where nobody said anything.
    public static final SchedulerConfigSpec UNSAID =
            new SchedulerConfigSpec(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of());

    public SchedulerConfigSpec {
        pools = Copies.sorted(pools);
    }

    /// Which node is the better one for jobs of the pool.
    public SchedulerAlgorithm algorithmIn(String pool) {
        return in(pool).flatMap(PoolScheduling::algorithm)
                .or(() -> algorithm)
                .orElse(SchedulerAlgorithm.BINPACK);
    }

    /// Whether tasks on nodes of the pool may use up to their `memoryMaxMib`.
    public boolean oversubscribes(String pool) {
        return in(pool).flatMap(PoolScheduling::memoryOversubscription)
                .or(() -> memoryOversubscription)
                .orElse(false);
    }

    /// How many allocations a node of the pool may hold.
    public int allocationsMaxIn(String pool) {
        return in(pool).flatMap(PoolScheduling::allocationsMax)
                .or(() -> allocationsMax)
                .orElse(Integer.MAX_VALUE);
    }

    /// Whether it matters anywhere how many allocations a node holds.
    public boolean limitsAllocations() {
        return allocationsMax.isPresent()
                || pools.values().stream().anyMatch(pool -> pool.allocationsMax().isPresent());
    }

    /// Whether jobs of this type may evict others.
    public boolean preempts(JobType type) {
        return preemption.orElse(PreemptionPolicy.UNSAID).allows(type);
    }

    private Optional<PoolScheduling> in(String pool) {
        return Optional.ofNullable(pools.get(pool));
    }
}
