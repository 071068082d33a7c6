package dev.drover.manifests.model;

import java.util.List;
import java.util.Optional;

/// The config of the driver `raw_exec`: a program of the node without walls around it.
///
/// @param command the program: in the task's folder, or found by its `PATH`
/// @param args its arguments
/// @param workDir where it starts; the task's folder when absent
public record RawExecConfig(Optional<String> command, List<String> args, Optional<String> workDir) {
    public RawExecConfig {
        args = List.copyOf(args);
    }
}
