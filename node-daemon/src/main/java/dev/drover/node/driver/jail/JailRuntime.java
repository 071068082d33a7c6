package dev.drover.node.driver.jail;

import dev.drover.node.jail.JailSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// What builds jails on this machine.
interface JailRuntime {
    /// What it is, for the fingerprint: `runtime`, and its version where it has one of its own.
    SortedMap<String, String> attributes();

    /// Why it cannot build any jail here, where that is plain before it is tried.
    Optional<String> missing();

    /// Whether it is our own, which can put a folder of a jail's own on top of a tree that others
    /// share, and hide the abstract sockets of a network that is shared. OCI has no words for
    /// these. Its keeper joins the run's group and says who it is by itself.
    boolean ours();

    /// Gets everything ready for a jail.
    ///
    /// @param scoped whether the abstract sockets of a shared network are to be hidden
    /// @return the words of its keeper, which reports to the site, ends as the task ends and hands
    ///   every signal on to it
    List<String> prepare(JailSpec spec, Site site, boolean scoped) throws IOException;

    /// The words that run a command in the jail of that site.
    List<String> enter(
            JailSpec spec, Site site, boolean scoped, List<String> command, boolean terminal)
            throws IOException;

    /// The jail has ended, or its keeper has: takes back whatever of it outlives that. Done twice
    /// it is done once.
    void discard(Site site) throws IOException, InterruptedException;

    /// Takes back what is above the groups of the jails.
    ///
    /// @param groups the name of what is above them
    void close(Path groups);
}
