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
///
/// Only time in which this server was awake counts as silence: one whose machine was suspended has
/// heard nobody, and a clock that was set tells nothing of nodes.
final class Roster {
    /// More than this between two looks, which are a second apart, is a sleep or a clock that was
    /// set; less is a busy machine.
    private static final Duration NAP = Duration.ofSeconds(5);

    private final Map<String, NodeLink> links = new ConcurrentHashMap<>();
    private final Map<String, Instant> heard = new ConcurrentHashMap<>();
    private Optional<Instant> looked = Optional.empty();

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

    /// Whether the node was not heard after `last`, when it was.
    boolean unheardSince(String node, Instant last) {
        return last.equals(heard.get(node));
    }

    /// Nobody waits to hear of it any more, unless it was heard after `last`.
    void forget(String node, Instant last) {
        heard.remove(node, last);
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

    /// Nodes not heard for longer than `grace`, each with how long. To be asked about once a
    /// second, by one thread.
    Map<String, Duration> silent(Instant now, Duration grace) {
        looked.ifPresent(before -> forgive(before, now));
        looked = Optional.of(now);
        Map<String, Duration> silent = new TreeMap<>();
        for (String node : new TreeSet<>(heard.keySet())) {
            Duration since = Duration.between(heard.getOrDefault(node, now), now);
            if (since.compareTo(grace) > 0) {
                silent.put(node, since);
            }
        }
        return silent;
    }

    /// Moves what was heard over the sleep. Whether it was heard right before or right after cannot
    /// be told, so it counts as after; a time to come is one before a clock was set back.
    private void forgive(Instant before, Instant now) {
        Duration between = Duration.between(before, now);
        if (between.compareTo(NAP) > 0) {
            heard.replaceAll((_, at) -> earlier(at.plus(between), now));
        } else if (between.negated().compareTo(NAP) > 0) {
            heard.replaceAll((_, at) -> at.isAfter(now) ? at.plus(between) : at);
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
