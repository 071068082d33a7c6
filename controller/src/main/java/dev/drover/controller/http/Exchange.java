package dev.drover.controller.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request and its answer: runs the route on a virtual thread and brings what it says to the
/// event loop, which alone touches the socket. When the client goes, the thread is interrupted.
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final String id;
    private final HttpServerRequest request;
    private final Context loop;
    private final Quota streams;
    private volatile boolean gone;
    private volatile boolean streaming;
    private volatile Thread worker = Thread.currentThread();

    Exchange(String id, HttpServerRequest request, Context loop, Quota streams) {
        this.id = id;
        this.request = request;
        this.loop = loop;
        this.streams = streams;
    }

    /// Runs the endpoint on a thread of its own. On the event loop.
    ///
    /// @param done called once, when the answer is out or nobody wants it any more
    void start(Endpoint endpoint, Call call, Runnable done) {
        worker =
                Thread.ofVirtual()
                        .name("call-" + id)
                        .unstarted(() -> {
                            try {
                                run(endpoint, call);
                            } finally {
                                done.run();
                            }
                        });
        worker.start();
    }

    /// Names the request.
    String id() {
        return id;
    }

    /// Whether its answer comes in pieces, and so may take for ever.
    boolean streaming() {
        return streaming;
    }

    /// The client has gone, or the server closes: nobody waits for the answer.
    void abandon() {
        gone = true;
        worker.interrupt();
    }

    /// Answers without running anything. On the event loop.
    void refuse(Failure failure) {
        write(whole(failure));
    }

    /// The same of a path that takes only these methods.
    void refuse(Failure failure, Set<String> allowed) {
        Answer.Whole whole = whole(failure);
        write(
                new Answer.Whole(
                        whole.code(),
                        whole.contentType(),
                        whole.content(),
                        Map.of("allow", String.join(", ", allowed))));
    }

    private void run(Endpoint endpoint, Call call) {
        try {
            switch (answer(endpoint, call)) {
                case Answer.Whole whole -> onLoop(() -> write(whole));
                case Answer.Failed(Failure failure) -> onLoop(() -> write(whole(failure)));
                case Answer.Stream stream -> stream(stream);
            }
        } catch (IOException e) {
            LOG.debug("{}: the client has gone: {}", id, e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the thread ends here
        }
    }

    private Answer answer(Endpoint endpoint, Call call) throws InterruptedException {
        try {
            return endpoint.answer(call);
        } catch (RequestFailed e) {
            return new Answer.Failed(e.failure());
        } catch (IOException e) {
            return failed(e);
        } catch (UncheckedIOException e) {
            return failed(Objects.requireNonNull(e.getCause()));
        } catch (RuntimeException e) { // the top of the request: a bug ends it, never the server
            LOG.error("{} {} {}", id, request.method(), request.path(), e);
            return Answer.failed(
                    Reason.INTERNAL,
                    "a mistake of this program: its log says more under request " + id);
        }
    }

    /// The disk's failure, or a node's.
    private Answer failed(IOException e) {
        LOG.warn("{} {} {}", id, request.method(), request.path(), e);
        return Answer.failed(Reason.INTERNAL, e.getMessage() + " (request " + id + ")");
    }

    private void stream(Answer.Stream stream) throws IOException, InterruptedException {
        boolean taken = streams.take(1);
        try (Answer.Body body = stream.body()) {
            if (taken) {
                streaming = true;
                send(body, stream.contentType());
            } else {
                onLoop(() -> write(whole(Failure.of(Reason.TOO_MANY_REQUESTS, TOO_MANY_STREAMS))));
            }
        } finally { // after the close, which may fail
            streams.give(taken ? 1 : 0);
        }
    }

    private void send(Answer.Body body, String type) throws IOException, InterruptedException {
        if (request.method().equals(HttpMethod.HEAD)) { // nobody reads what a stream costs
            onLoop(() -> head(200, type, Map.of()).end());
            return;
        }
        try {
            onLoop(() -> head(200, type, Map.of()).setChunked(true).writeHead());
            body.send(bytes -> onLoop(() -> response().write(Buffer.buffer(bytes))));
            onLoop(() -> response().end());
        } catch (IOException e) {
            onLoop(() -> request.connection().close()); // an end would say that this was all
            throw e;
        } catch (RuntimeException e) { // the head is out: no status can say it any more
            LOG.error("{} {} {}", id, request.method(), request.path(), e);
            onLoop(() -> request.connection().close());
        }
    }

    private static final String TOO_MANY_STREAMS =
            "too many watches and followed logs are open: close some or try again later";

    private Future<Void> write(Answer.Whole whole) {
        HttpServerResponse head = head(whole.code(), whole.contentType(), whole.headers());
        if (!request.isEnded()) {
            head.putHeader("connection", "close"); // the rest of the body is not worth reading
        }
        return head.end(whole.content());
    }

    private Answer.Whole whole(Failure failure) {
        Map<String, String> more =
                failure.reason() == Reason.TOO_MANY_REQUESTS
                        ? Map.of("retry-after", "1")
                        : Map.of();
        return new Answer.Whole(failure.reason().code(), Answer.JSON, StatusJson.of(failure), more);
    }

    private HttpServerResponse head(int code, String type, Map<String, String> headers) {
        HttpServerResponse head =
                response()
                        .setStatusCode(code)
                        .putHeader("content-type", type)
                        .putHeader("x-request-id", id)
                        .putHeader("cache-control", "no-store")
                        .putHeader("x-content-type-options", "nosniff");
        headers.forEach(head::putHeader);
        return head;
    }

    private HttpServerResponse response() {
        return request.response();
    }

    private void onLoop(Supplier<Future<Void>> step) throws IOException, InterruptedException {
        if (gone) {
            throw new IOException("the client has gone");
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.runOnContext(_ -> step.get().onComplete(done::complete, done::completeExceptionally));
        try {
            done.get();
        } catch (ExecutionException e) {
            throw new IOException("the answer did not reach the client", e.getCause());
        }
    }
}
