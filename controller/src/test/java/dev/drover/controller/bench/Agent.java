package dev.drover.controller.bench;

import dev.drover.controller.client.Address;
import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Where;
import dev.drover.manifests.model.NodePhase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;

/// A whole Drover in a process of its own, started as people start it.
final class Agent implements AutoCloseable {
    private final Process process;
    private final Client client;

    private Agent(Process process, Client client) {
        this.process = process;
        this.client = client;
    }

    /// Starts one on a free port and waits until its node is ready.
    static Agent start() throws IOException {
        Address address = new Address("127.0.0.1", freePort());
        Process process =
                new ProcessBuilder(Launcher.path(), "agent", "--dev", "--http", address.toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        var agent = new Agent(process, new Client(address));
        while (!agent.ready()) {
            if (!process.isAlive()) {
                throw new IOException("the agent ended with " + process.exitValue());
            }
            Thread.onSpinWait();
        }
        return agent;
    }

    private boolean ready() {
        try {
            return client.list(Type.NODES, "", Where.ANY).items().stream()
                    .anyMatch(node -> node.status().phase() == NodePhase.READY);
        } catch (IOException _) {
            return false; // not listening yet
        }
    }

    Client client() {
        return client;
    }

    /// What it holds in memory, in MiB, with its tasks left out.
    double residentMib() throws IOException {
        return Proc.statusMib(process.pid(), "VmRSS");
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("the agent did not end within 20 s of being asked");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
