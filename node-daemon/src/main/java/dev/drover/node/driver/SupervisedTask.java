package dev.drover.node.driver;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.wire.TerminalSize;
import dev.drover.node.os.ProcessUsage;
import dev.drover.node.os.Signal;
import dev.drover.node.supervision.Supervised;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A run of host processes under a supervising one: what most drivers start.
public final class SupervisedTask implements Running {
    private final Supervised run;
    private final Commands commands;

    /// How a driver starts a command beside its task.
    @FunctionalInterface
    public interface Commands {
        /// Starts it.
        Execution start(List<String> command, Optional<TerminalSize> terminal) throws IOException;
    }

    /// Of a run; `commands` answers [#exec].
    public SupervisedTask(Supervised run, Commands commands) {
        this.run = run;
        this.commands = commands;
    }

    @Override
    public Exit await() throws InterruptedException {
        return run.await();
    }

    @Override
    public Optional<Exit> await(Duration max) throws InterruptedException {
        return run.await(max);
    }

    @Override
    public boolean signal(Signal signal) throws IOException {
        return run.signal(signal);
    }

    @Override
    public Exit stop(Signal first, Duration grace) throws IOException, InterruptedException {
        run.signal(first);
        Optional<Exit> gentle = run.await(grace);
        if (gentle.isPresent()) {
            return gentle.get();
        }
        run.kill();
        return run.await();
    }

    @Override
    public Optional<Usage> stats() throws IOException {
        List<Integer> pids = run.processes();
        if (pids.isEmpty()) {
            return Optional.empty();
        }
        ProcessUsage sum = ProcessUsage.of(pids);
        return Optional.of(
                new Usage(run.cpu().orElse(sum.cpu()), sum.residentBytes(), pids.size()));
    }

    @Override
    public Execution exec(List<String> command, Optional<TerminalSize> terminal)
            throws IOException {
        return commands.start(command, terminal);
    }

    @Override
    public void leave() {
        run.leave();
    }
}
