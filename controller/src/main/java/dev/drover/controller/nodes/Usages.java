package dev.drover.controller.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.wire.StreamRequest;
import dev.drover.manifests.wire.TaskUsage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Asks every linked node what its tasks use.
public final class Usages {
    /// A monitoring system waits ten seconds for a page by default.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// Nodes that are asked at once: their answers must fit the heap.
    private static final int AT_ONCE = 64;

    private final NodeLinks links;

    /// What a task uses, and where.
    public record OfNode(String node, TaskUsage usage) {}

    /// The answers.
    ///
    /// @param silent nodes that are linked and have not answered in time
    public record Gathered(List<OfNode> usages, int silent) {
        public Gathered {
            usages = List.copyOf(usages);
        }
    }

    /// Over these links.
    public Usages(NodeLinks links) {
        this.links = links;
    }

    /// Asks them all at once.
    public Gathered ask() throws InterruptedException {
        List<Callable<List<OfNode>>> questions = new ArrayList<>();
        links.linked().forEach(node -> questions.add(() -> of(node)));
        List<OfNode> all = new ArrayList<>();
        int silent = 0;
        try (ExecutorService asking =
                Executors.newFixedThreadPool(
                        AT_ONCE, Thread.ofVirtual().name("usages-", 0).factory())) {
            for (Future<List<OfNode>> answer :
                    asking.invokeAll(questions, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    all.addAll(answer.get());
                } catch (ExecutionException | CancellationException missing) {
                    silent++; // whoever reads is told how many
                }
            }
        }
        return new Gathered(all, silent);
    }

    private List<OfNode> of(String node) throws IOException, InterruptedException {
        return switch (links.open(node, new StreamRequest.Stats(Optional.empty(), false))) {
            case NodeLinks.Opened.Open(NodeStream stream) -> read(node, stream);
            case NodeLinks.Opened.NotConnected _, NodeLinks.Opened.Busy _ ->
                    throw new IOException("node " + node + " cannot be asked now");
        };
    }

    private static List<OfNode> read(String node, NodeStream stream)
            throws IOException, InterruptedException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (stream) {
            for (Optional<byte[]> next = stream.next(); next.isPresent(); next = stream.next()) {
                text.writeBytes(next.get());
            }
        }
        List<OfNode> usages = new ArrayList<>();
        for (String line : text.toString(UTF_8).lines().toList()) {
            usages.add(new OfNode(node, RecordJson.read(TaskUsage.class, line)));
        }
        return usages;
    }
}
