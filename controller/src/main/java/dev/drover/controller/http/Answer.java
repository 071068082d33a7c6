package dev.drover.controller.http;

import java.io.IOException;
import java.util.Map;

/// What a route answers.
public sealed interface Answer {
    /// The content type of JSON.
    String JSON = "application/json";

    /// Everything at once.
    ///
    /// @param headers more headers
    record Whole(int code, String contentType, String content, Map<String, String> headers)
            implements Answer {
        public Whole {
            headers = Map.copyOf(headers);
        }
    }

    /// A body that comes in pieces, for as long as it takes.
    record Stream(String contentType, Body body) implements Answer {}

    /// No.
    record Failed(Failure failure) implements Answer {}

    /// Writes a body.
    interface Body extends AutoCloseable {
        /// Sends everything and returns, or throws the sink's `IOException` when the client has
        /// gone.
        void send(Sink sink) throws IOException, InterruptedException;

        /// Gives up what it holds. Called once in the end, also when nothing was sent.
        @Override
        default void close() throws IOException {}
    }

    /// Where a body goes.
    interface Sink {
        /// Sends the bytes and returns once the socket has taken them: the pace of the client is
        /// the pace of the caller.
        ///
        /// @throws IOException when the client has gone
        void write(byte[] bytes) throws IOException, InterruptedException;
    }

    /// JSON with status 200.
    static Answer json(String text) {
        return json(200, text);
    }

    /// JSON.
    static Answer json(int code, String text) {
        return new Whole(code, JSON, text, Map.of());
    }

    /// Plain text with status 200.
    static Answer text(String text) {
        return new Whole(200, "text/plain; charset=utf-8", text, Map.of());
    }

    /// No, about nothing in particular.
    static Answer failed(Reason reason, String message) {
        return new Failed(Failure.of(reason, message));
    }
}
