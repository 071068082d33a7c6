package dev.drover.node.main;

import dev.drover.node.fingerprint.Declared;
import dev.drover.node.fingerprint.Fingerprint;
import dev.drover.node.jail.JailPolicy;
import dev.drover.node.link.Dial;
import java.nio.file.Path;
import java.util.Optional;

/// What a node daemon is told when it starts.
///
/// @param server the controller
/// @param data the daemon's folder: identity, state and the tasks' files
/// @param name unique in the cluster; the machine's own name when absent
/// @param address where its ports are reached; found when absent
/// @param words what its operators say of it
/// @param jails what it lets jobs ask of their jails
/// @param jailRuntime an OCI runtime by its name or path, or the folder that has FreeBSD's tools;
///   when absent the daemon builds jails itself on Linux, and `/usr/sbin` has the tools on FreeBSD
/// @param logBytesMax what the logs of all tasks together may take; a tenth of the disk when absent
public record NodeConfig(
        Dial server,
        Path data,
        Optional<String> name,
        Optional<String> address,
        Fingerprint.Words words,
        JailPolicy jails,
        Optional<String> jailRuntime,
        Optional<Long> logBytesMax) {
    /// With what a node lets jobs have whose operators say nothing of it.
    public NodeConfig(
            Dial server,
            Path data,
            Optional<String> name,
            Optional<String> address,
            Fingerprint.Words words) {
        this(
                server,
                data,
                name,
                address,
                words,
                JailPolicy.ORDINARY,
                Optional.empty(),
                Optional.empty());
    }

    /// The same with what its operators declare.
    NodeConfig declaring(Declared declared) {
        Fingerprint.Words others =
                new Fingerprint.Words(
                        words.datacenter(),
                        words.pool(),
                        words.nodeClass(),
                        words.meta(),
                        declared);
        return new NodeConfig(server, data, name, address, others, jails, jailRuntime, logBytesMax);
    }

    /// With a server on this machine, in the clear.
    public NodeConfig(
            String server,
            Path data,
            Optional<String> name,
            Optional<String> address,
            Fingerprint.Words words) {
        this(Dial.plain(server), data, name, address, words);
    }
}
