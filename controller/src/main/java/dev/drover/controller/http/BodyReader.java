package dev.drover.controller.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Collects the body of one request within the limits. Lives on the event loop; says exactly once
/// what became of it.
final class BodyReader {
    /// What became of a body.
    sealed interface Received {
        /// All of it is here.
        record Whole(String text) implements Received {}

        /// It is not wanted as it is.
        record Refused(Failure failure) implements Received {}
    }

    private final Vertx vertx;
    private final Quota total;
    private final HttpLimits limits;
    private final Consumer<Received> then;
    private final Buffer collected = Buffer.buffer();
    private final long timer;
    private long taken;
    private boolean over;

    private BodyReader(Vertx vertx, Quota total, HttpLimits limits, Consumer<Received> then) {
        this.vertx = vertx;
        this.total = total;
        this.limits = limits;
        this.then = then;
        timer = vertx.setTimer(limits.waits().body().toMillis(), _ -> late());
    }

    /// Reads the body and calls `then` with the outcome, now or later.
    ///
    /// @param total bytes that all requests together may hold while they are read
    static void read(
            Vertx vertx,
            HttpServerRequest request,
            Quota total,
            HttpLimits limits,
            Consumer<Received> then) {
        BodyReader reader = new BodyReader(vertx, total, limits, then);
        request.exceptionHandler(_ -> reader.end(gone()));
        request.handler(reader::piece);
        request.endHandler(_ -> reader.end(reader.decoded()));
    }

    private void piece(Buffer piece) {
        if (over) {
            return;
        }
        if (collected.length() + piece.length() > limits.bytes().body()) {
            end(
                    refused(
                            Reason.TOO_LARGE,
                            "the body is larger than %d bytes: send fewer manifests at once"
                                    .formatted(limits.bytes().body())));
        } else if (!total.take(piece.length())) {
            end(refused(Reason.TOO_MANY_REQUESTS, "too many large requests at once"));
        } else {
            taken += piece.length();
            collected.appendBuffer(piece);
        }
    }

    private void late() {
        end(
                refused(
                        Reason.REQUEST_TIMEOUT,
                        "the body did not arrive within %d s"
                                .formatted(limits.waits().body().toSeconds())));
    }

    private void end(Received outcome) {
        if (!over) {
            over = true;
            vertx.cancelTimer(timer);
            total.give(taken);
            then.accept(outcome);
        }
    }

    private Received decoded() {
        try {
            return new Received.Whole(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(collected.getBytes()))
                            .toString());
        } catch (CharacterCodingException _) {
            return refused(Reason.BAD_REQUEST, "the body is not UTF-8");
        }
    }

    private static Received gone() {
        return refused(Reason.BAD_REQUEST, "the body broke off");
    }

    private static Received refused(Reason reason, String message) {
        return new Received.Refused(Failure.of(reason, message));
    }
}
