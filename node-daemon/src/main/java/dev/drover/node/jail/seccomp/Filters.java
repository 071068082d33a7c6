package dev.drover.node.jail.seccomp;

import dev.drover.manifests.tree.Tree;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The filters of one machine, each made once: nearly all jails have the same, and to make one
/// takes longer than everything else that a daemon does for a jail.
public final class Filters {
    /// Every combination of a few capabilities and keys is a filter of its own, a few KB each.
    private static final int KEPT_MAX = 64;

    private final Profile profile;
    private final Machine machine;
    private final ConcurrentMap<Wishes, String> made = new ConcurrentHashMap<>();

    /// From that profile.
    public Filters(Profile profile, Machine machine) {
        this.profile = profile;
        this.machine = machine;
    }

    /// From the profile in this program; empty where the numbers of system calls are not known.
    public static Optional<Filters> standard(String machine) {
        return Machine.named(machine).map(known -> new Filters(Profile.standard(), known));
    }

    /// The program of a filter, in hexadecimal.
    public String of(Wishes wishes) {
        String kept = made.get(wishes);
        if (kept != null) {
            return kept;
        }
        if (made.size() >= KEPT_MAX) {
            made.clear();
        }
        String fresh = Seccomp.of(profile, machine, wishes).hex();
        made.put(wishes, fresh);
        return fresh;
    }

    /// The same filter as runtimes of OCI want it.
    public Tree oci(Wishes wishes) {
        return OciRules.of(profile, machine, wishes);
    }
}
