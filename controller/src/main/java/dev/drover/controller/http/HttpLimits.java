package dev.drover.controller.http;

import dev.drover.manifests.wire.Wire;
import java.time.Duration;

/// How much the listener takes at once.
///
/// @param connections open sockets
/// @param calls requests being answered at once, streams included
/// @param streams answers that come in pieces (watches, logs) at once
public record HttpLimits(int connections, int calls, int streams, Bytes bytes, Waits waits) {

    /// Sizes in bytes.
    ///
    /// @param body of one request
    /// @param bodies of all requests being read
    /// @param header of one request, and of its first line
    /// @param frame of one WebSocket frame
    /// @param message of one WebSocket message
    public record Bytes(int body, long bodies, int header, int frame, int message) {}

    /// How long.
    ///
    /// @param body until the whole body is here
    /// @param idle until a connection without a request is closed, headers that come byte by byte
    ///   included
    /// @param closing how long a graceful close waits for answers
    public record Waits(Duration body, Duration idle, Duration closing) {}

    /// What the product uses.
    public static final HttpLimits STANDARD =
            new HttpLimits(
                    15_000, // 10,000 nodes and some thousand watches
                    6_144, // the streams, and more calls than cores can serve in a second
                    4_096, // each holds a virtual thread and a cursor in the store
                    new Bytes(
                            10 * 1024 * 1024, // a folder of manifests in one request
                            128L * 1024 * 1024, // a quarter of a small server's heap
                            16 * 1024, // as much as other servers take
                            Wire.FRAME_MAX,
                            16 * 1024 * 1024), // a node's report of some thousand allocations
                    new Waits(
                            Duration.ofSeconds(30), // 10 MB on a slow line
                            Duration.ofSeconds(60),
                            Duration.ofSeconds(2))); // Ctrl-C should feel immediate
}
