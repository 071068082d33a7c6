package dev.drover.manifests.wire;

import java.util.List;
import java.util.Optional;

/// A command that somebody wants to run beside a task.
///
/// @param task the only one when absent
/// @param terminal the size of the one it gets; pipes when absent
public record ExecRequest(
        Optional<String> task, List<String> command, Optional<TerminalSize> terminal) {
    public ExecRequest {
        command = List.copyOf(command);
    }
}
