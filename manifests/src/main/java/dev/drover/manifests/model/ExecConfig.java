package dev.drover.manifests.model;

import java.util.List;
import java.util.Optional;

/// The config of the driver `exec`: a program of the node behind the walls of a jail, which shows
/// it the node's programs and libraries, read-only.
///
/// @param command the program: in the task's folder, or found by its `PATH`
/// @param args its arguments
/// @param workDir where it starts; `/local` when absent
/// @param capAdd capabilities beyond the ordinary ones
/// @param capDrop capabilities to do without; `all` for all
/// @param pidMode `private` when absent; `host` is refused
/// @param ipcMode `private` when absent; `host` is refused
/// @param usernsMode `private`: its users are nobody on the node; `host` when absent
public record ExecConfig(
        Optional<String> command,
        List<String> args,
        Optional<String> workDir,
        List<String> capAdd,
        List<String> capDrop,
        Optional<String> pidMode,
        Optional<String> ipcMode,
        Optional<String> usernsMode) {

    public ExecConfig {
        args = List.copyOf(args);
        capAdd = List.copyOf(capAdd);
        capDrop = List.copyOf(capDrop);
    }
}
