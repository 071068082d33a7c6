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

/// A command that runs as a plain child of the daemon: people wait for it, nobody recovers it.
public final class HostExecution implements Execution {
    private static final int SIGNAL_BASE = 128;
    private static final int SIGNALS_MAX = 64;

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
            return new HostExecution(command.start(), Optional.empty());
        }
        Pty terminal = Pty.open(size.get().rows(), size.get().columns());
        try {
            List<String> words = new ArrayList<>(List.of("setsid", "--ctty"));
            words.addAll(command.command());
            File end = terminal.slave().toFile();
            command.command(words).redirectInput(end).redirectOutput(end).redirectError(end);
            return new HostExecution(command.start(), Optional.of(terminal));
        } catch (IOException e) {
            terminal.close();
            throw e;
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
