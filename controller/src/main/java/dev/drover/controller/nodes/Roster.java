package dev.drover.controller.nodes;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// Which nodes are linked, and when each was last heard. In memory only: heartbeats would be
/// millions of revisions a day.
final class Roster {
    private final Map<String, NodeLink> links = new ConcurrentHashMap<>();
    private final Map<String, Instant> heard = new ConcurrentHashMap<>();

    /// A link of this node stands; answers the one it takes the place of.
    Optional<NodeLink> join(String node, NodeLink link) {
        return Optional.ofNullable(links.put(node, link));
    }

    /// The link is gone; another one of the same node stays.
    void leave(String node, NodeLink link) {
        links.remove(node, link);
    }

    /// The node lives, or is given the benefit of the doubt.
    void heard(String node, Instant now) {
        heard.put(node, now);
    }

    /// Nobody waits to hear of it any more.
    void forget(String node) {
        heard.remove(node);
    }

    /// The link of a node.
    Optional<NodeLink> link(String node) {
        return Optional.ofNullable(links.get(node));
    }

    /// The names of the nodes that have one.
    Set<String> names() {
        return new TreeSet<>(links.keySet());
    }

    /// All links.
    Set<NodeLink> links() {
        return Set.copyOf(links.values());
    }

    /// Nodes not heard for longer than `grace`, each with how long.
    Map<String, Duration> silent(Instant now, Duration grace) {
        Map<String, Duration> silent = new TreeMap<>();
        for (String node : new TreeSet<>(heard.keySet())) {
            Duration since = Duration.between(heard.getOrDefault(node, now), now);
            if (since.compareTo(grace) > 0) {
                silent.put(node, since);
            }
        }
        return silent;
    }
}
