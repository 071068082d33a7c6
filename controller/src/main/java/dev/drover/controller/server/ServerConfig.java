package dev.drover.controller.server;

import dev.drover.controller.http.HttpLimits;
import dev.drover.controller.nodes.LinkTimes;
import dev.drover.controller.nodes.NodeDoor;
import dev.drover.store.durable.Retention;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/// What a server is started with.
///
/// @param http where it listens; port 0 takes any free one
/// @param data the folder that is the server's alone
/// @param nodes where nodes come in, over TLS; beside people, on `http`, when absent
/// @param retention how much of the past is kept
public record ServerConfig(
        InetSocketAddress http,
        Path data,
        HttpLimits limits,
        LinkTimes times,
        Optional<NodeDoor> nodes,
        Retention retention) {

    /// The port that clients try first.
    public static final int PORT = 4646;

    /// The product's limits and times.
    public static ServerConfig of(InetSocketAddress http, Path data) {
        return new ServerConfig(
                http,
                data,
                HttpLimits.STANDARD,
                LinkTimes.STANDARD,
                Optional.empty(),
                Retention.STANDARD);
    }

    /// The same with a door of its own for nodes.
    public ServerConfig withNodes(Optional<NodeDoor> door) {
        return new ServerConfig(http, data, limits, times, door, retention);
    }

    /// The same with other times for its links to nodes.
    public ServerConfig withTimes(LinkTimes others) {
        return new ServerConfig(http, data, limits, others, nodes, retention);
    }

    /// The same keeping another part of the past.
    public ServerConfig withRetention(Retention other) {
        return new ServerConfig(http, data, limits, times, nodes, other);
    }
}
