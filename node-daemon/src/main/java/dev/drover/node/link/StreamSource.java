package dev.drover.node.link;

import dev.drover.manifests.wire.StreamRequest;
import dev.drover.node.files.Input;
import dev.drover.node.files.Sink;
import java.io.IOException;

/// Answers what people want to see.
@FunctionalInterface
public interface StreamSource {
    /// Writes all of it to `sink`, which makes it wait as the reader demands.
    ///
    /// @param input what the one who asks gives meanwhile
    /// @throws IOException says in its message, to people, why there is nothing to see
    void send(StreamRequest request, Input input, Sink sink)
            throws IOException, InterruptedException;
}
