package dev.drover.node.driver;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.wire.TerminalSize;
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
    private final Optional<Pty> terminal;

    private HostExecution(Process process, Optional<Pty> terminal) {
        this.process = process;
        this.terminal = terminal;
    }

    /// Starts it.
    ///
    /// @param size of the terminal it gets; pipes when absent
    public static HostExecution start(ProcessBuilder command, Optional<TerminalSize> size)
            throws IOException {
        if (size.isEmpty()) {
            return new HostExecution(begun(command), Optional.empty());
        }
        Pty terminal = Pty.open(size.get().rows(), size.get().columns());
        try {
            List<String> words = new ArrayList<>(List.of("setsid", "--ctty"));
            words.addAll(command.command());
            File end = terminal.slave().toFile();
            command.command(words).redirectInput(end).redirectOutput(end).redirectError(end);
            return new HostExecution(begun(command), Optional.of(terminal));
        } catch (IOException e) {
            terminal.close();
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
        return terminal.map(Pty::input).orElseGet(process::getOutputStream);
    }

    @Override
    public InputStream stdout() {
        return terminal.map(Pty::output).orElseGet(process::getInputStream);
    }

    @Override
    public InputStream stderr() {
        return process.getErrorStream();
    }

    @Override
    public void resize(TerminalSize size) throws IOException {
        if (terminal.isPresent()) {
            terminal.get().resize(size.rows(), size.columns());
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
        terminal.ifPresent(Pty::close);
    }
}
