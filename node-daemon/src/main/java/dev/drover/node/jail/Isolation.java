package dev.drover.node.jail;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What a node can keep apart, as a jail that really ran has shown.
///
/// @param because why no jail can run here; empty when jails run
/// @param version of cgroups: `1`, `2`, `mixed` or `none`
/// @param limits that the kernel enforces here: of `memory`, `cpu`, `pids`
/// @param seen by name: what the jail said of its walls
public record Isolation(
        String because, String version, SortedSet<String> limits, SortedMap<String, String> seen) {
    private static final List<String> LIMITS = List.of("cpu", "memory", "pids");

    /// Sockets without a file, hidden although the network is shared.
    public static final String ABSTRACT_SOCKETS = "abstract_sockets";

    /// Users that are nobody on the host, and the task's files as theirs all the same.
    public static final String USERS = "users";

    /// Why a jail cannot have them here.
    public static final String USERS_BECAUSE = "users.because";

    private static final List<String> WALLS =
            List.of(ABSTRACT_SOCKETS, "network", "no_new_privs", "pid", "seccomp", USERS);

    /// Takes copies.
    public Isolation {
        limits = Collections.unmodifiableSortedSet(new TreeSet<>(limits));
        seen = Collections.unmodifiableSortedMap(new TreeMap<>(seen));
    }

    /// No jail runs here.
    public static Isolation none(String because) {
        return new Isolation(because, "none", new TreeSet<>(), new TreeMap<>());
    }

    /// Whether the kernel can hide abstract sockets from who shares a network.
    public boolean scoped() {
        return "yes".equals(seen.get(ABSTRACT_SOCKETS));
    }

    /// Why this jail cannot be built here as it is asked for; empty when it can. Only what is asked
    /// for by name is refused: a task's ordinary resources are then merely not enforced, which the
    /// attributes say.
    public Optional<String> refuses(JailSpec spec) {
        if (!because.isEmpty()) {
            return Optional.of(because);
        }
        if (spec.walls().ownUsers() && !"yes".equals(seen.get(USERS))) {
            return Optional.of(
                    "the job asks for users of its own by `userns_mode`, and no jail with them can"
                            + " be built on this node: "
                            + seen.getOrDefault(USERS_BECAUSE, "none was tried"));
        }
        for (String limit : spec.limits().demanded()) {
            if (!limits.contains(limit)) {
                return Optional.of(
                        "the job asks for a limit of "
                                + limit
                                + " by `rctl`, and this node has no "
                                + limit
                                + " controller (cgroups: "
                                + version
                                + ")");
            }
        }
        return Optional.empty();
    }

    /// For the fingerprint: `isolation` is `full`, or names what is missing.
    public Map<String, String> attributes() {
        SortedMap<String, String> attributes = new TreeMap<>(seen);

        attributes.put("cgroups", version);
        attributes.put("limits", String.join(",", limits));
        List<String> missing =
                Stream.concat(
                                LIMITS.stream().filter(limit -> !limits.contains(limit)),
                                WALLS.stream().filter(wall -> !"yes".equals(seen.get(wall))))
                        .toList();
        attributes.put(
                "isolation", missing.isEmpty() ? "full" : "without " + String.join(", ", missing));
        return attributes;
    }
}
