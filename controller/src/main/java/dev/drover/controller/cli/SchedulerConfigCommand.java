package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Where;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.PoolScheduling;
import dev.drover.manifests.model.PreemptionPolicy;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.SchedulerAlgorithm;
import dev.drover.manifests.model.SchedulerConfig;
import dev.drover.manifests.model.SchedulerConfigSpec;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `drover operator scheduler get-config|set-config`: how copies are placed in the whole cluster.
final class SchedulerConfigCommand implements Command {
    private final boolean sets;

    private SchedulerConfigCommand(boolean sets) {
        this.sets = sets;
    }

    static Command get() {
        return new SchedulerConfigCommand(false);
    }

    static Command set() {
        return new SchedulerConfigCommand(true);
    }

    @Override
    public CommandSpec spec() {
        if (!sets) {
            return Options.shows(
                    "operator scheduler get-config",
                    "Shows how copies are placed.",
                    List.of(
                            "drover operator scheduler get-config",
                            "drover operator scheduler get-config -o json"));
        }
        return Options.client(
                        "operator scheduler set-config",
                        "Changes how copies are placed; what is not said stays as it is.",
                        List.of(
                                "drover operator scheduler set-config -scheduler-algorithm=spread",
                                "drover operator scheduler set-config -preempt-service-scheduler=true",
                                "drover operator scheduler set-config -node-pool=gpu"
                                        + " -memory-oversubscription=true"))
                .addOption(Options.text("WORD", "binpack or spread.", "--scheduler-algorithm"))
                .addOption(
                        Options.text(
                                "true|false",
                                "Whether tasks may use up to their memory_max.",
                                "--memory-oversubscription"))
                .addOption(
                        Options.text(
                                "N",
                                "How many allocations a node may hold (none: as many as fit).",
                                "--allocations-max"))
                .addOption(
                        Options.text(
                                "POOL", "Say these three of one node pool only.", "--node-pool"))
                .addOption(preempt("system"))
                .addOption(preempt("sysbatch"))
                .addOption(preempt("service"))
                .addOption(preempt("batch"));
    }

    private static OptionSpec preempt(String type) {
        return Options.text(
                "true|false",
                "Whether " + type + " jobs may evict others of lower priority.",
                "--preempt-" + type + "-scheduler");
    }

    @Override
    public int run(Invocation invocation) throws IOException, CommandFailure {
        Client client = invocation.client();
        ResourceName name = ResourceName.cluster(SchedulerConfig.NAME);
        Optional<SchedulerConfig> known = client.find(Type.SCHEDULER_CONFIGS, name);
        SchedulerConfig config =
                known.orElseGet(() ->
                        new SchedulerConfig(
                                Metadata.named("", SchedulerConfig.NAME),
                                SchedulerConfigSpec.UNSAID));
        if (sets) {
            Optional<String> strange = withoutNodes(invocation.text("--node-pool"), client);
            client.apply(
                    Type.SCHEDULER_CONFIGS,
                    new SchedulerConfig(config.metadata(), changed(config.spec(), invocation)));
            invocation.out().line("Scheduler configuration updated!");
            if (strange.isPresent()) {
                invocation
                        .out()
                        .line(
                                "No node is in the pool \"%s\" now: it counts once one is"
                                        .formatted(strange.get()));
            }
        } else if (!Documents.print(List.of(config), invocation)) {
            invocation.out().fields(fields(config.spec()));
        }
        return 0;
    }

    /// The pool, if no node is in it: a name that was meant otherwise is seen at once.
    private static Optional<String> withoutNodes(Optional<String> pool, Client client)
            throws IOException {
        if (pool.isEmpty()) {
            return pool;
        }
        List<Node> nodes = client.list(Type.NODES, "", Where.ANY).items();
        return pool.filter(name -> nodes.stream().noneMatch(n -> n.status().pool().equals(name)));
    }

    private static SchedulerConfigSpec changed(SchedulerConfigSpec old, Invocation invocation)
            throws CommandFailure {
        Optional<String> pool = invocation.text("--node-pool");
        PoolScheduling before =
                pool.map(name -> old.pools().get(name))
                        .orElseGet(() ->
                                pool.isPresent()
                                        ? new PoolScheduling(
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.empty())
                                        : new PoolScheduling(
                                                old.algorithm(),
                                                old.memoryOversubscription(),
                                                old.allocationsMax()));
        PoolScheduling now =
                new PoolScheduling(
                        algorithm(invocation).or(before::algorithm),
                        flag("--memory-oversubscription", invocation)
                                .or(before::memoryOversubscription),
                        most(before.allocationsMax(), invocation));
        Map<String, PoolScheduling> pools = new TreeMap<>(old.pools());
        pool.ifPresent(name -> pools.put(name, now));
        boolean everywhere = pool.isEmpty();
        return new SchedulerConfigSpec(
                everywhere ? now.algorithm() : old.algorithm(),
                everywhere ? now.memoryOversubscription() : old.memoryOversubscription(),
                everywhere ? now.allocationsMax() : old.allocationsMax(),
                preemption(old.preemption().orElse(PreemptionPolicy.UNSAID), invocation),
                pools);
    }

    private static Optional<PreemptionPolicy> preemption(
            PreemptionPolicy old, Invocation invocation) throws CommandFailure {
        PreemptionPolicy now =
                new PreemptionPolicy(
                        flag("--preempt-system-scheduler", invocation).or(old::system),
                        flag("--preempt-sysbatch-scheduler", invocation).or(old::sysbatch),
                        flag("--preempt-service-scheduler", invocation).or(old::service),
                        flag("--preempt-batch-scheduler", invocation).or(old::batch));
        return now.equals(PreemptionPolicy.UNSAID) ? Optional.empty() : Optional.of(now);
    }

    private static Optional<SchedulerAlgorithm> algorithm(Invocation invocation)
            throws CommandFailure {
        Optional<String> word = invocation.text("--scheduler-algorithm");
        if (word.isEmpty()) {
            return Optional.empty();
        }
        return switch (word.get()) {
            case "binpack" -> Optional.of(SchedulerAlgorithm.BINPACK);
            case "spread" -> Optional.of(SchedulerAlgorithm.SPREAD);
            default ->
                    throw new CommandFailure(
                            "there is no algorithm \"" + word.get() + "\"",
                            "",
                            "say -scheduler-algorithm=binpack or =spread");
        };
    }

    private static Optional<Boolean> flag(String option, Invocation invocation)
            throws CommandFailure {
        Optional<String> word = invocation.text(option);
        if (word.isEmpty() || word.get().equals("true") || word.get().equals("false")) {
            return word.map(Boolean::valueOf);
        }
        throw new CommandFailure(
                "\"" + word.get() + "\" is neither true nor false",
                "",
                "say " + option.substring(1) + "=true or =false");
    }

    private static Optional<Integer> most(Optional<Integer> before, Invocation invocation)
            throws CommandFailure {
        Optional<String> word = invocation.text("--allocations-max");
        if (word.isEmpty()) {
            return before;
        }
        if (word.get().equals("none")) {
            return Optional.empty();
        }
        if (!word.get().matches("[1-9][0-9]{0,8}")) {
            throw new CommandFailure(
                    "\"" + word.get() + "\" is no number of allocations",
                    "",
                    "say -allocations-max=N or =none");
        }
        return Optional.of(Integer.valueOf(word.get()));
    }

    private static Fields fields(SchedulerConfigSpec spec) {
        Fields fields =
                new Fields()
                        .add("Scheduler Algorithm", word(spec.algorithmIn("")))
                        .add("Memory Oversubscription", text(spec.oversubscribes("")))
                        .add(
                                "Allocations Max",
                                spec.allocationsMax().map(String::valueOf).orElse("as many as fit"))
                        .add("Preemption System Scheduler", text(spec.preempts(JobType.SYSTEM)))
                        .add("Preemption Service Scheduler", text(spec.preempts(JobType.SERVICE)))
                        .add("Preemption Batch Scheduler", text(spec.preempts(JobType.BATCH)))
                        .add(
                                "Preemption SysBatch Scheduler",
                                text(spec.preempts(JobType.SYSBATCH)));
        spec.pools()
                .forEach((pool, _) ->
                        fields.add(
                                "Node Pool " + pool,
                                "%s, memory oversubscription %s, %s allocations a node"
                                        .formatted(
                                                word(spec.algorithmIn(pool)),
                                                text(spec.oversubscribes(pool)),
                                                spec.allocationsMaxIn(pool) == Integer.MAX_VALUE
                                                        ? "any number of"
                                                        : "at most "
                                                                + spec.allocationsMaxIn(pool))));
        return fields;
    }

    private static String word(SchedulerAlgorithm algorithm) {
        return algorithm.name().toLowerCase(Locale.ROOT);
    }

    private static String text(boolean flag) {
        return Boolean.toString(flag);
    }
}
