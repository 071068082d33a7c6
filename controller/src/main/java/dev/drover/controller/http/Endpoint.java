package dev.drover.controller.http;

import java.io.IOException;

/// What stands behind a route. Called on a virtual thread of its own: it may block.
public interface Endpoint {
    /// The answer.
    ///
    /// @throws RequestFailed to answer with a failure
    /// @throws IOException when the world failed; answered as `InternalError` with its message
    Answer answer(Call call) throws RequestFailed, IOException, InterruptedException;
}
