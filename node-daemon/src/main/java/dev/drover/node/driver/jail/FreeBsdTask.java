package dev.drover.node.driver.jail;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.wire.TerminalSize;
import dev.drover.node.driver.Execution;
import dev.drover.node.driver.HostExecution;
import dev.drover.node.driver.Running;
import dev.drover.node.driver.SupervisedTask;
import dev.drover.node.driver.Usage;
import dev.drover.node.jail.FreeBsdPlan;
import dev.drover.node.jail.JailSpec;
import dev.drover.node.os.Signal;
import dev.drover.node.supervision.Supervised;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A run in a jail of FreeBSD. The jail goes when its program has ended.
final class FreeBsdTask implements Running {
    private final SupervisedTask task;
    private final JailSpec spec;
    private final Tools tools;
    private final Removal removal;
    private boolean removed;

    /// Takes the jail back.
    @FunctionalInterface
    interface Removal {
        void run() throws IOException, InterruptedException;
    }

    FreeBsdTask(Supervised supervised, JailSpec spec, Tools tools, Removal removal) {
        this.task = new SupervisedTask(supervised, this::exec);
        this.spec = spec;
        this.tools = tools;
        this.removal = removal;
    }

    @Override
    public Exit await() throws InterruptedException {
        return after(task.await());
    }

    @Override
    public Optional<Exit> await(Duration max) throws InterruptedException {
        Optional<Exit> exit = task.await(max);
        return exit.isPresent() ? Optional.of(after(exit.get())) : exit;
    }

    private synchronized Exit after(Exit exit) throws InterruptedException {
        try {
            if (!removed) {
                removal.run();
                removed = true;
            }
            return exit;
        } catch (IOException e) {
            return new Exit.Unseen("its jail could not be removed: " + e.getMessage());
        }
    }

    @Override
    public boolean signal(Signal signal) throws IOException {
        return task.signal(signal);
    }

    @Override
    public Exit stop(Signal first, Duration grace) throws IOException, InterruptedException {
        return after(task.stop(first, grace));
    }

    /// As rctl(8) counts: `memoryuse=…`, one resource a line.
    @Override
    public Optional<Usage> stats() throws IOException {
        try {
            if (task.await(Duration.ZERO).isPresent()) {
                return Optional.empty();
            }
            Call.Said said = tools.say(List.of("rctl", "-u", "jail:" + spec.name()));
            return said.status() == 0 ? Optional.of(usage(said.text())) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    static Usage usage(String text) {
        Map<String, Long> counts =
                text.lines()
                        .map(line -> line.split("=", 2))
                        .filter(words -> words.length == 2 && words[1].matches("[0-9]{1,18}"))
                        .collect(
                                Collectors.toMap(
                                        words -> words[0],
                                        words -> Long.valueOf(words[1]),
                                        (_, last) -> last));
        return new Usage(
                Duration.ofSeconds(counts.getOrDefault("cputime", 0L)),
                counts.getOrDefault("memoryuse", 0L),
                counts.getOrDefault("maxproc", 0L).intValue());
    }

    @Override
    public Execution exec(List<String> command, Optional<TerminalSize> terminal)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(tools.found(FreeBsdPlan.enter(spec, command)));
        builder.environment().clear();
        builder.environment().putAll(spec.program().environment());
        return HostExecution.start(builder, terminal);
    }

    @Override
    public void leave() {
        task.leave();
    }
}
