package dev.drover.reconcilers.loop;

import dev.drover.manifests.model.Kind;
import dev.drover.reconcilers.decision.Reconciler;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ResolvedControllerConfiguration;
import io.javaoperatorsdk.operator.api.config.informer.InformerConfiguration;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/// The Java Operator SDK with our loops in it: a queue in which every name has one turn at a time,
/// and retries.
final class Sdk {
    /// Turns at once. They are short, and the placer has its own thread.
    private static final int THREADS = 2;

    /// After a bug: first, and at most.
    private static final Duration RETRY_FIRST = Duration.ofSeconds(2);

    private static final Duration RETRY_LONGEST = Duration.ofMinutes(1);

    private static final Duration STOP_WAIT = Duration.ofSeconds(5);

    private final Turns.Shared shared;
    private final Operator operator;

    Sdk(Turns.Shared shared) {
        this.shared = shared;
        this.operator = new Operator(this::settings);
    }

    private void settings(ConfigurationServiceOverrider settings) {
        settings.withKubernetesClient(TypedClient.of(informers(shared.view())))
                .withCloseClientOnStop(false) // the store outlives the loops
                .checkingCRDAndValidateLocalModel(false) // there are none
                .withResourceCloner(same())
                .withConcurrentReconciliationThreads(THREADS)
                .withStopOnInformerErrorDuringStartup(false)
                .withInformerStoppedHandler((_, _) -> {}) // its own would exit the process
                .withUseSSAToPatchPrimaryResource(false)
                .withReconciliationTerminationTimeout(STOP_WAIT);
    }

    private static Map<Class<? extends HasMetadata>, Supplier<SharedIndexInformer<?>>> informers(
            LiveView view) {
        return Map.of(
                Primary.OfJob.class,
                () -> new Informer<>(Kind.JOB, Primary.OfJob.class, Primary.OfJob::new, view),
                Primary.OfNode.class,
                () -> new Informer<>(Kind.NODE, Primary.OfNode.class, Primary.OfNode::new, view),
                Primary.OfHold.class,
                () -> new Informer<>(Kind.HOLD, Primary.OfHold.class, Primary.OfHold::new, view));
    }

    /// Primaries never change, so a copy of one is itself.
    private static Cloner same() {
        return new Cloner() {
            @Override
            public <R extends HasMetadata> R clone(R primary) {
                return primary;
            }
        };
    }

    /// Adds a loop. It has a turn when the spec of one of its primaries changed, and when
    /// [Reconciler#concerns] says so.
    void register(String name, Reconciler loop) {
        switch (loop.primary()) {
            case JOB -> register(name, loop, Primary.OfJob.class);
            case NODE -> register(name, loop, Primary.OfNode.class);
            case HOLD -> register(name, loop, Primary.OfHold.class);
            default ->
                    throw new IllegalArgumentException(
                            "no informer of primaries of kind " + loop.primary());
        }
    }

    private <P extends Primary> void register(String name, Reconciler loop, Class<P> type) {
        ChangeSource<P> changes = new ChangeSource<>(loop);
        var turns = new LoopTurns<>(new Turns(loop, shared, changes::look), changes);
        shared.view().listen(changes);
        operator.register(turns, settings(name, type));
    }

    /// Said outright: what the SDK works out by itself comes from a class for each loop.
    private <P extends Primary> ResolvedControllerConfiguration<P> settings(
            String name, Class<P> type) {
        InformerConfiguration<P> informer =
                InformerConfiguration.builder(type)
                        .withComparableResourceVersions(false) // else it loses foreign writes
                        .buildForController();
        return new ResolvedControllerConfiguration<>(
                name,
                true, // turns by generation
                name,
                retry(),
                null, // no rate limit: a turn that changes nothing asks for no other
                null, // no longest interval: its timer leaks
                null,
                Map.of(),
                name,
                operator.getConfigurationService(),
                informer,
                false,
                null);
    }

    /// Without end: a loop that gives up silently is a wake-up lost for ever.
    private static GenericRetry retry() {
        return new GenericRetry()
                .withoutMaxAttempts()
                .setInitialInterval(RETRY_FIRST.toMillis())
                .setMaxInterval(RETRY_LONGEST.toMillis());
    }

    void start() {
        operator.start();
    }

    /// Waits for the turns that are being taken.
    void stop() {
        operator.stop();
    }
}
