package dev.drover.controller.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A server that answers every connection with the same bytes and closes it: for answers that no
/// proper server gives.
public final class Scripted implements AutoCloseable {
    private final ServerSocket listener;
    private final String answer;
    private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();

    /// Listens on a free port.
    public Scripted(String answer) throws IOException {
        this.answer = answer;
        this.listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("scripted server").start(this::serve);
    }

    /// Where it listens.
    public Address address() {
        return new Address("127.0.0.1", listener.getLocalPort());
    }

    /// The head of the next request that came in.
    String head() throws InterruptedException {
        return heads.take();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                var head = new StringBuilder();
                for (String line = Http.line(socket.getInputStream());
                        !line.isEmpty();
                        line = Http.line(socket.getInputStream())) {
                    head.append(line).append('\n');
                }
                heads.add(head.toString());
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
