package dev.drover.node.exec;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.wire.ExecFrame;
import dev.drover.manifests.wire.ExecFrame.Channel;
import dev.drover.node.driver.Execution;
import dev.drover.node.files.Input;
import dev.drover.node.files.Sink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One command beside a task, from its start to its end: what it says goes to a sink, what it is
/// given comes from an input. When nobody listens any more it is killed.
///
/// Its threads are the kernel's: a terminal blocks them.
public final class ExecSession {
    private static final int BUFFER = 16 << 10;
    private static final int SIGNAL_BASE = 128;
    private static final int KILLED = 137;
    private static final String END_OF_TRANSMISSION = "\u0004";

    /// How long after its end its output is waited for: something it has left may hold it open.
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Execution command;
    private final boolean terminal;
    private final Input input;
    private final Sink sink;
    private boolean over;

    /// Of a command that was just started.
    ///
    /// @param terminal whether its errors come with its output
    public ExecSession(Execution command, boolean terminal, Input input, Sink sink) {
        this.command = command;
        this.terminal = terminal;
        this.input = input;
        this.sink = sink;
    }

    /// Until its end, which is the last thing that is told.
    public void run() throws IOException, InterruptedException {
        try (command) {
            write(ExecFrame.bytes(Channel.STDOUT, "")); // it has started, silent as it may be
            List<Thread> outputs = new ArrayList<>();
            outputs.add(thread("stdout", () -> pass(command.stdout(), Channel.STDOUT)));
            if (!terminal) {
                outputs.add(thread("stderr", () -> pass(command.stderr(), Channel.STDERR)));
            }
            Thread typing = thread("stdin", this::type);
            Exit exit = command.await();
            for (Thread output : outputs) {
                output.join(LAST_WORDS);
            }
            end(code(exit));
            typing.interrupt();
        }
    }

    private static Thread thread(String name, Runnable work) {
        return Thread.ofPlatform().name("exec-" + name).daemon(true).start(work);
    }

    private void pass(InputStream from, Channel channel) {
        byte[] buffer = new byte[BUFFER];
        try {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                write(ExecFrame.bytes(channel, buffer, n));
            }
        } catch (IOException ended) {
            // It has closed its output, or was closed: there is nothing more to pass on.
        } catch (InterruptedException nobodyListens) {
            command.close();
        }
    }

    private synchronized void write(ByteBuffer frame) throws IOException, InterruptedException {
        if (!over) {
            sink.write(frame);
        }
    }

    /// What it has left in the background may say more: nobody hears it.
    private synchronized void end(int code) throws IOException, InterruptedException {
        write(ExecFrame.bytes(Channel.EXIT, Integer.toString(code)));
        over = true;
    }

    private void type() {
        try {
            boolean open = true;
            while (true) {
                switch (input.next()) {
                    case Input.Piece.Bytes(String data) -> open = open && typed(data);
                    case Input.Piece.Resized(var size) -> command.resize(size);
                    case Input.Piece.End() -> open = open && ended();
                }
            }
        } catch (IOException ended) {
            // What ends takes no input any more.
        } catch (InterruptedException nobodyListens) {
            command.close();
        }
    }

    /// False when it reads no more: the rest is thrown away, as a shell's pipe would.
    private boolean typed(String data) {
        try {
            command.stdin().write(data.getBytes(StandardCharsets.ISO_8859_1));
            command.stdin().flush();
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    /// At a terminal a key says so.
    private boolean ended() throws IOException {
        if (terminal) {
            return typed(END_OF_TRANSMISSION);
        }
        command.stdin().close();
        return false;
    }

    private static int code(Exit exit) {
        return switch (exit) {
            case Exit.Code(int code) -> code;
            case Exit.Signal(int number) -> SIGNAL_BASE + number;
            case Exit.OutOfMemory(), Exit.Unseen _ -> KILLED;
        };
    }
}
