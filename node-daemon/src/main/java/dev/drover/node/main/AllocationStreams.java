package dev.drover.node.main;

import dev.drover.manifests.wire.StreamRequest;
import dev.drover.node.alloc.AllocationFolders;
import dev.drover.node.alloc.AllocationRunner;
import dev.drover.node.alloc.Allocations;
import dev.drover.node.files.AllocationFiles;
import dev.drover.node.files.Sink;
import dev.drover.node.link.StreamSource;
import dev.drover.node.logs.LogReader;
import dev.drover.node.supervision.Stream;
import dev.drover.node.task.TaskRunner;
import java.io.IOException;

/// Finds what people want to see.
final class AllocationStreams implements StreamSource {
    private final Allocations allocations;

    AllocationStreams(Allocations allocations) {
        this.allocations = allocations;
    }

    @Override
    public void send(StreamRequest request, Sink sink) throws IOException, InterruptedException {
        switch (request) {
            case StreamRequest.Logs logs -> logs(logs, sink);
            case StreamRequest.ListFiles(String allocation, String path) ->
                    files(allocation).list(path, sink);
            case StreamRequest.ReadFile(String allocation, String path, long offset, long limit) ->
                    files(allocation).read(path, offset, limit, sink);
        }
    }

    private void logs(StreamRequest.Logs wish, Sink sink) throws IOException, InterruptedException {
        AllocationRunner runner = runner(wish.allocation());
        TaskRunner task =
                runner.task(wish.task())
                        .orElseThrow(() ->
                                new IOException(
                                        "allocation "
                                                + wish.allocation()
                                                + " has no task \""
                                                + wish.task()
                                                + "\""));
        LogReader reader =
                new LogReader(
                        runner.folders().shared().resolve("logs"),
                        AllocationFolders.logName(wish.task()),
                        wish.stderr() ? Stream.STDERR : Stream.STDOUT);
        LogReader.Range range = new LogReader.Range(wish.fromEnd(), wish.offset(), wish.follow());
        reader.send(range, () -> task.memory().dead(), sink);
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
