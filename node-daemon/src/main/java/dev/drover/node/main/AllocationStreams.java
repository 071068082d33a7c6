package dev.drover.node.main;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.wire.StreamRequest;
import dev.drover.manifests.wire.TaskUsage;
import dev.drover.node.alloc.AllocationFolders;
import dev.drover.node.alloc.AllocationRunner;
import dev.drover.node.alloc.Allocations;
import dev.drover.node.driver.Execution;
import dev.drover.node.driver.Running;
import dev.drover.node.exec.ExecSession;
import dev.drover.node.files.AllocationFiles;
import dev.drover.node.files.Input;
import dev.drover.node.files.Sink;
import dev.drover.node.link.Arrivals;
import dev.drover.node.link.StreamSource;
import dev.drover.node.logs.LogReader;
import dev.drover.node.moving.Departing;
import dev.drover.node.stats.Sampler;
import dev.drover.node.supervision.Stream;
import dev.drover.node.supervision.Supervisor;
import dev.drover.node.task.TaskRunner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/// Finds what people want to see.
final class AllocationStreams implements StreamSource {
    /// How soon the end of an allocation is seen by the one that waits for its data.
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Allocations allocations;
    private final Sampler sampler;
    private final Arrivals arrivals;

    AllocationStreams(Allocations allocations, Sampler sampler, Arrivals arrivals) {
        this.allocations = allocations;
        this.sampler = sampler;
        this.arrivals = arrivals;
    }

    @Override
    public void send(StreamRequest request, Input input, Sink sink)
            throws IOException, InterruptedException {
        switch (request) {
            case StreamRequest.Logs logs -> logs(logs, sink);
            case StreamRequest.ListFiles(String allocation, String path) ->
                    files(allocation).list(path, sink);
            case StreamRequest.StatFile(String allocation, String path) ->
                    files(allocation).stat(path, sink);
            case StreamRequest.ReadFile file -> file(file, sink);
            case StreamRequest.Stats(Optional<String> allocation, boolean history) ->
                    stats(allocation, history, sink);
            case StreamRequest.Exec exec -> exec(exec, input, sink);
            case StreamRequest.Leave(String allocation) -> leave(allocation, sink);
            case StreamRequest.Take(String allocation, Optional<String> refused) ->
                    arrivals.take(allocation, refused, input);
        }
    }

    private void logs(StreamRequest.Logs wish, Sink sink) throws IOException, InterruptedException {
        AllocationRunner runner = runner(wish.allocation());
        if (wish.part().follow()) {
            awaitTask(runner, wish.task(), sink);
        }
        TaskRunner task = task(wish.allocation(), wish.task());
        Stream stream = wish.stderr() ? Stream.STDERR : Stream.STDOUT;
        LogReader reader =
                new LogReader(
                        Outputs.folder(runner.folders()),
                        AllocationFolders.logName(wish.task()),
                        stream,
                        Outputs.runs(runner.folders(), wish.task()));
        if (wish.part().previous()) {
            reader.send(wish.part(), previous(runner, task, wish.task(), stream), () -> true, sink);
        } else {
            reader.send(wish.part(), LogReader.Span.ALL, () -> task.memory().dead(), sink);
        }
    }

    /// The files of the run before the latest one.
    private static LogReader.Span previous(
            AllocationRunner runner, TaskRunner task, String name, Stream stream)
            throws IOException {
        int latest = task.memory().run();
        if (latest < 2) {
            throw new IOException("task \"" + name + "\" has not run before");
        }
        AllocationFolders folders = runner.folders();
        Optional<Integer> first = Supervisor.firstLog(folders.run(name, latest - 1), stream);
        Optional<Integer> end = Supervisor.firstLog(folders.run(name, latest), stream);
        return first.isEmpty()
                ? new LogReader.Span(0, 0)
                : new LogReader.Span(first.get(), end.orElse(Integer.MAX_VALUE));
    }

    /// One that waits, as for the data of another, does not know its tasks yet. Whoever follows
    /// waits with it, and leaves when he likes.
    private static void awaitTask(AllocationRunner runner, String name, Sink sink)
            throws InterruptedException {
        while (isToCome(runner, name) && runner.over().getCount() > 0) {
            sink.pause(LOOK_EVERY);
        }
    }

    private static boolean isToCome(AllocationRunner runner, String name) {
        return runner.task(name).isEmpty()
                && runner.memory().group().flatMap(group -> group.task(name)).isPresent();
    }

    private TaskRunner task(String allocation, String name) throws IOException {
        AllocationRunner runner = runner(allocation);
        Optional<TaskRunner> task = runner.task(name);
        if (task.isEmpty()) {
            throw new IOException(
                    isToCome(runner, name)
                            ? "task \"%s\" of allocation %s is not set up yet; \"drover alloc status %s\" says what it waits for"
                                    .formatted(name, allocation, allocation)
                            : "allocation %s has no task \"%s\"".formatted(allocation, name));
        }
        return task.get();
    }

    private void exec(StreamRequest.Exec wish, Input input, Sink sink)
            throws IOException, InterruptedException {
        Running running =
                task(wish.allocation(), wish.task())
                        .running()
                        .orElseThrow(() ->
                                new IOException("task \"" + wish.task() + "\" does not run now"));
        Execution command = running.exec(wish.command(), wish.terminal());
        new ExecSession(command, wish.terminal().isPresent(), input, sink).run();
    }

    /// Once nothing writes to it any more.
    private void leave(String allocation, Sink sink) throws IOException, InterruptedException {
        AllocationRunner runner = runner(allocation);
        while (runner.over().getCount() > 0) {
            sink.pause(LOOK_EVERY);
        }
        Departing.send(runner.folders().home(), runner.memory().heritage(), sink);
    }

    private void stats(Optional<String> allocation, boolean history, Sink sink)
            throws IOException, InterruptedException {
        if (allocation.isPresent()) {
            runner(allocation.get()); // or says that it is not here
        }
        for (TaskUsage usage : sampler.usages(allocation, history)) {
            sink.write(ByteBuffer.wrap((RecordJson.text(usage) + "\n").getBytes(UTF_8)));
        }
    }

    private void file(StreamRequest.ReadFile wish, Sink sink)
            throws IOException, InterruptedException {
        AllocationFiles files = files(wish.allocation());
        if (wish.follow()) {
            files.follow(wish.path(), wish.offset(), () -> over(wish.allocation()), sink);
        } else {
            files.read(wish.path(), wish.offset(), wish.limit(), sink);
        }
    }

    /// Whether nothing of the allocation will write any more.
    private boolean over(String id) {
        return allocations.runner(id).filter(runner -> runner.over().getCount() > 0).isEmpty();
    }

    private AllocationFiles files(String allocation) throws IOException {
        return new AllocationFiles(runner(allocation).folders().home());
    }

    private AllocationRunner runner(String id) throws IOException {
        return allocations
                .runner(id)
                .orElseThrow(() ->
                        new IOException("allocation " + id + " is not on this node any more"));
    }
}
