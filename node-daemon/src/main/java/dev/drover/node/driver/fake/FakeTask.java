package dev.drover.node.driver.fake;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.wire.TerminalSize;
import dev.drover.node.driver.Execution;
import dev.drover.node.driver.Running;
import dev.drover.node.driver.Usage;
import dev.drover.node.os.Signal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A task that is nothing but its end.
final class FakeTask implements Running {
    private final Optional<Duration> life;
    private final Exit natural;
    private final boolean stubborn;
    private final CompletableFuture<Exit> end = new CompletableFuture<>();

    FakeTask(Optional<Duration> life, Exit natural, boolean stubborn) {
        this.life = life;
        this.natural = natural;
        this.stubborn = stubborn;
    }

    void begin() {
        life.ifPresent(
                time -> end.completeOnTimeout(natural, time.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public Exit await() throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    @Override
    public Optional<Exit> await(Duration max) throws InterruptedException {
        try {
            return Optional.of(end.get(max.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException stillRunning) {
            return Optional.empty();
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    @Override
    public boolean signal(Signal signal) {
        if (end.isDone()) {
            return false;
        }
        if (!stubborn || signal == Signal.SIGKILL) {
            end.complete(new Exit.Signal(signal.number()));
        }
        return true;
    }

    @Override
    public Exit stop(Signal first, Duration grace) throws InterruptedException {
        signal(first);
        Optional<Exit> gentle = await(grace);
        if (gentle.isEmpty()) {
            signal(Signal.SIGKILL);
        }
        return await();
    }

    @Override
    public Optional<Usage> stats() {
        return end.isDone() ? Optional.empty() : Optional.of(new Usage(Duration.ZERO, 0, 1));
    }

    /// Says its words back.
    @Override
    public Execution exec(List<String> command, Optional<TerminalSize> terminal)
            throws IOException {
        byte[] words = (String.join(" ", command) + "\n").getBytes(StandardCharsets.UTF_8);
        return new Execution() {
            @Override
            public OutputStream stdin() {
                return OutputStream.nullOutputStream();
            }

            @Override
            public InputStream stdout() {
                return new ByteArrayInputStream(words);
            }

            @Override
            public InputStream stderr() {
                return InputStream.nullInputStream();
            }

            @Override
            public void resize(TerminalSize size) {}

            @Override
            public Exit await() {
                return new Exit.Code(0);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void leave() {}
}
