package dev.drover.node.driver;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.wire.TerminalSize;
import dev.drover.node.os.Pipe;
import dev.drover.node.os.Pty;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A command that runs as a plain child of the daemon: people wait for it, nobody recovers it.
public final class HostExecution implements Execution {
    private static final int SIGNAL_BASE = 128;
    private static final int SIGNALS_MAX = 64;

    /// What Java adds at the end of its message.
    private static final Pattern REASON = Pattern.compile("\\(([^()]*)\\)\\s*$");

    private final Process process;
    private final Channels channels;

    /// What it is connected to us by.
    private sealed interface Channels {
        /// A terminal, which has both outputs.
        record Screen(Pty terminal) implements Channels {}

        /// A pipe for each output.
        record Pipes(Pipe stdout, Pipe stderr) implements Channels {}

        default void close() {
            switch (this) {
                case Screen(Pty terminal) -> terminal.close();
                case Pipes(Pipe stdout, Pipe stderr) -> {
                    stdout.close();
                    stderr.close();
                }
            }
        }
    }

    private HostExecution(Process process, Channels channels) {
        this.process = process;
        this.channels = channels;
    }

    /// Starts it.
    ///
    /// @param size of the terminal it gets; pipes when absent
    public static HostExecution start(ProcessBuilder command, Optional<TerminalSize> size)
            throws IOException {
        Channels channels = size.isPresent() ? screen(command, size.get()) : pipes(command);
        try {
            return new HostExecution(begun(command), channels);
        } catch (IOException e) {
            channels.close();
            throw e;
        } finally {
            if (channels instanceof Channels.Pipes(Pipe stdout, Pipe stderr)) {
                stdout.begun();
                stderr.begun();
            }
        }
    }

    private static Channels screen(ProcessBuilder command, TerminalSize size) throws IOException {
        Pty terminal = Pty.open(size.rows(), size.columns());
        List<String> words = new ArrayList<>(List.of("setsid", "--ctty"));
        words.addAll(command.command());
        File end = terminal.slave().toFile();
        command.command(words).redirectInput(end).redirectOutput(end).redirectError(end);
        return new Channels.Screen(terminal);
    }

    private static Channels pipes(ProcessBuilder command) throws IOException {
        Pipe stdout = Pipe.open();
        try {
            Pipe stderr = Pipe.open();
            command.redirectOutput(stdout.entrance().toFile());
            command.redirectError(stderr.entrance().toFile());
            return new Channels.Pipes(stdout, stderr);
        } catch (IOException e) {
            stdout.close();
            throw e;
        }
    }

    /// Says what and why, without our folders and the number of the error.
    private static Process begun(ProcessBuilder command) throws IOException {
        try {
            return command.start();
        } catch (IOException e) {
            Matcher reason = REASON.matcher(String.valueOf(e.getMessage()));
            throw new IOException(
                    "\"%s\" cannot be run beside the task: %s"
                            .formatted(
                                    command.command().getFirst(),
                                    reason.find() ? reason.group(1) : e.getMessage()),
                    e);
        }
    }

    @Override
    public OutputStream stdin() {
        return switch (channels) {
            case Channels.Screen(Pty terminal) -> terminal.input();
            case Channels.Pipes _ -> process.getOutputStream();
        };
    }

    @Override
    public InputStream stdout() {
        return switch (channels) {
            case Channels.Screen(Pty terminal) -> terminal.output();
            case Channels.Pipes(Pipe stdout, Pipe _) -> stdout.output();
        };
    }

    @Override
    public InputStream stderr() {
        return switch (channels) {
            case Channels.Screen _ -> InputStream.nullInputStream();
            case Channels.Pipes(Pipe _, Pipe stderr) -> stderr.output();
        };
    }

    @Override
    public void resize(TerminalSize size) throws IOException {
        if (channels instanceof Channels.Screen(Pty terminal)) {
            terminal.resize(size.rows(), size.columns());
        }
    }

    @Override
    public Exit await() throws InterruptedException {
        int code = process.waitFor();
        return code > SIGNAL_BASE && code <= SIGNAL_BASE + SIGNALS_MAX
                ? new Exit.Signal(code - SIGNAL_BASE)
                : new Exit.Code(code);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        channels.close();
    }
}
