package dev.drover.controller.server;

import dev.drover.controller.http.HttpLimits;
import dev.drover.controller.nodes.LinkTimes;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/// What a server is started with.
///
/// @param http where it listens; port 0 takes any free one
/// @param data the folder that is the server's alone
public record ServerConfig(InetSocketAddress http, Path data, HttpLimits limits, LinkTimes times) {

    /// The port that clients try first.
    public static final int PORT = 4646;

    /// The product's limits and times.
    public static ServerConfig of(InetSocketAddress http, Path data) {
        return new ServerConfig(http, data, HttpLimits.STANDARD, LinkTimes.STANDARD);
    }
}
