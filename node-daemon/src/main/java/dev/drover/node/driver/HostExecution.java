package dev.drover.node.driver;

import dev.drover.manifests.model.Exit;
import java.io.InputStream;
import java.io.OutputStream;

/// A command that runs as a plain child of the daemon: people wait for it, nobody recovers it.
public final class HostExecution implements Execution {
    private static final int SIGNAL_BASE = 128;
    private static final int SIGNALS_MAX = 64;

    private final Process process;

    /// Of a started process.
    public HostExecution(Process process) {
        this.process = process;
    }

    @Override
    public OutputStream stdin() {
        return process.getOutputStream();
    }

    @Override
    public InputStream stdout() {
        return process.getInputStream();
    }

    @Override
    public InputStream stderr() {
        return process.getErrorStream();
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
    }
}
