package dev.drover.manifests.wire;

import java.util.Optional;

/// What somebody gives to a command that was started beside a task.
///
/// @param base64 bytes for its input; may be empty
/// @param end nothing more will come
/// @param size of the terminal from now on
public record ExecInput(String base64, boolean end, Optional<TerminalSize> size) {
    /// Bytes of input on their way that the command has not taken; more waits with its sender.
    public static final int CREDIT = 64 * 1024;

    /// Most bytes in one.
    public static final int BYTES_MAX = 8 * 1024;
}
