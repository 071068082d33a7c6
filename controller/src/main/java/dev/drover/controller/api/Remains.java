package dev.drover.controller.api;

import dev.drover.controller.http.Answer;
import dev.drover.controller.http.Call;
import dev.drover.controller.http.Reason;
import dev.drover.controller.http.RequestFailed;
import dev.drover.controller.nodes.NodeLinks;
import dev.drover.controller.nodes.NodeStream;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.wire.LogPart;
import dev.drover.manifests.wire.StreamRequest;
import dev.drover.store.typed.TableQuery;
import dev.drover.store.typed.Tables;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Answers what only an allocation's node knows: output and files. Bytes pass through as they come,
/// at the pace of the client.
final class Remains {
    private final Tables tables;
    private final NodeLinks links;

    Remains(Tables tables, NodeLinks links) {
        this.tables = tables;
        this.links = links;
    }

    Answer logs(Call call) throws RequestFailed, IOException, InterruptedException {
        Allocation allocation = allocation(call);
        Optional<LineFilter> grep = LineFilter.of(call);
        return stream(
                allocation.spec().node(),
                new StreamRequest.Logs(
                        allocation.id(),
                        task(allocation, call.query("task")),
                        oneOf(call, "type", List.of("stdout", "stderr")).equals("stderr"),
                        part(call)),
                (_, body) -> grep.map(filter -> filter.of(body)).orElse(body));
    }

    private static LogPart part(Call call) throws RequestFailed {
        boolean tailed = call.query("tail").isPresent();
        return new LogPart(
                oneOf(call, "origin", List.of("start", "end")).equals("end"),
                call.number("offset", 0),
                tailed ? Optional.of(call.number("tail", 0)) : Optional.empty(),
                call.query("since").isPresent() ? Optional.of(since(call)) : Optional.empty(),
                call.flag("previous"),
                call.flag("follow"));
    }

    private static Instant since(Call call) throws RequestFailed {
        String text = call.query("since").orElseThrow();
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new RequestFailed(
                    Reason.BAD_REQUEST,
                    "since=%s is no time like 2026-11-24T18:45:00Z".formatted(text));
        }
    }

    Answer stat(Call call) throws RequestFailed, IOException, InterruptedException {
        Allocation allocation = allocation(call);
        String path = call.query("path").orElse("/");
        return stream(allocation, new StreamRequest.StatFile(allocation.id(), path));
    }

    Answer files(Call call) throws RequestFailed, IOException, InterruptedException {
        Allocation allocation = allocation(call);
        String path = call.query("path").orElse("/");
        return stream(allocation, new StreamRequest.ListFiles(allocation.id(), path));
    }

    Answer file(Call call) throws RequestFailed, IOException, InterruptedException {
        Allocation allocation = allocation(call);
        String path =
                call.query("path")
                        .orElseThrow(() ->
                                new RequestFailed(
                                        Reason.BAD_REQUEST, "path is missing: which file?"));
        return stream(
                allocation,
                new StreamRequest.ReadFile(
                        allocation.id(),
                        path,
                        call.number("offset", 0),
                        call.number("limit", Long.MAX_VALUE),
                        call.flag("follow")));
    }

    /// What the tasks of an allocation use.
    Answer stats(Call call) throws RequestFailed, IOException, InterruptedException {
        Allocation allocation = allocation(call);
        return stream(
                allocation.spec().node(),
                new StreamRequest.Stats(Optional.of(allocation.id()), call.flag("history")));
    }

    /// What all tasks of a node use.
    Answer statsOfNode(Call call) throws RequestFailed, IOException, InterruptedException {
        String node = Target.plain(call.parameter("name"));
        if (tables.nodes().get("", node).isEmpty()) {
            throw new RequestFailed(new Target(Kind.NODE, "", node).missing());
        }
        return stream(node, new StreamRequest.Stats(Optional.empty(), call.flag("history")));
    }

    /// The allocation of that id, or the only one whose id begins so.
    Allocation allocation(Call call) throws RequestFailed {
        return allocation(call, tables);
    }

    static Allocation allocation(Call call, Tables tables) throws RequestFailed {
        String namespace = Target.plain(call.parameter("namespace"));
        String id = Target.plain(call.parameter("name"));
        Target target = new Target(Kind.ALLOCATION, namespace, id);
        List<Allocation> found =
                Reads.read(
                                tables.allocations()
                                        .list(TableQuery.in(namespace).beginning(id).limit(2)))
                        .rows();
        Optional<Allocation> exact = found.stream().filter(a -> a.id().equals(id)).findFirst();
        if (exact.isEmpty() && found.size() > 1) {
            throw new RequestFailed(
                    target.failure(
                            Reason.BAD_REQUEST,
                            "several allocations begin with %s: give more of the id"
                                    .formatted(id)));
        }
        return exact.or(() -> found.stream().findFirst())
                .orElseThrow(() -> new RequestFailed(target.missing()));
    }

    /// The task that is meant: the only one when none is named.
    String task(Allocation allocation, Optional<String> named) throws RequestFailed {
        TreeSet<String> tasks = new TreeSet<>(allocation.status().tasks().keySet());
        tables.jobVersions()
                .get(
                        allocation.metadata().namespace(),
                        JobVersion.nameOf(
                                allocation.spec().jobUid(), allocation.spec().jobVersion()))
                .flatMap(v -> v.spec().job().group(allocation.spec().group()))
                .ifPresent(g -> g.tasks().forEach(t -> tasks.add(t.name())));
        if (named.isPresent() ? !tasks.contains(named.get()) : tasks.size() != 1) {
            throw new RequestFailed(
                    Reason.BAD_REQUEST,
                    "%s: the tasks of allocation %s are %s"
                            .formatted(
                                    named.map(n -> "there is no task " + n).orElse("name a task"),
                                    allocation.id(),
                                    tasks));
        }
        return named.orElseGet(tasks::first);
    }

    private static String oneOf(Call call, String parameter, List<String> words)
            throws RequestFailed {
        String word = call.query(parameter).orElse(words.getFirst());
        if (!words.contains(word)) {
            throw new RequestFailed(
                    Reason.BAD_REQUEST, "%s=%s is none of %s".formatted(parameter, word, words));
        }
        return word;
    }

    /// The first bytes decide about the answer, so that what the node refuses is an error and no
    /// broken stream.
    private Answer stream(Allocation allocation, StreamRequest request)
            throws IOException, InterruptedException {
        return stream(allocation.spec().node(), request);
    }

    private Answer stream(String node, StreamRequest request)
            throws IOException, InterruptedException {
        return stream(node, request, (_, body) -> body);
    }

    /// What an answer is beside the node's bytes.
    interface Dressing {
        /// The whole answer; it closes `body`, which closes the stream.
        Answer.Body of(NodeStream stream, Answer.Body body);
    }

    Answer stream(String node, StreamRequest request, Dressing dressing)
            throws IOException, InterruptedException {
        return switch (links.open(node, request)) {
            case NodeLinks.Opened.NotConnected _ ->
                    Answer.failed(
                            Reason.UNAVAILABLE,
                            "node %s, which has this, is not connected".formatted(node));
            case NodeLinks.Opened.Busy _ ->
                    Answer.failed(
                            Reason.TOO_MANY_REQUESTS,
                            "node %s sends too much at once already".formatted(node));
            case NodeLinks.Opened.Open(NodeStream stream) -> begin(stream, dressing);
        };
    }

    /// How long the node may think before we begin to answer: it refuses at once, and output that
    /// is followed may come any time.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static Answer begin(NodeStream stream, Dressing dressing) throws InterruptedException {
        Optional<byte[]> first = Optional.empty();
        try {
            if (stream.ready(PATIENCE)) {
                first = stream.next();
            }
        } catch (IOException e) {
            stream.close();
            return Answer.failed(Reason.NOT_FOUND, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) { // who asked has gone: nobody would close it
            stream.close();
            throw e;
        }
        return new Answer.Stream(
                "application/octet-stream", dressing.of(stream, new Passing(first, stream)));
    }

    private record Passing(Optional<byte[]> first, NodeStream stream) implements Answer.Body {
        @Override
        public void send(Answer.Sink sink) throws IOException, InterruptedException {
            if (first.isPresent()) {
                sink.write(first.get());
            }
            for (Optional<byte[]> next = stream.next(); next.isPresent(); next = stream.next()) {
                sink.write(next.get());
            }
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
