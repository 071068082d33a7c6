package dev.drover.controller.main;

import dev.drover.controller.cli.Out;
import dev.drover.manifests.model.NodeStatus;
import dev.drover.node.fingerprint.Fingerprint;
import java.util.Map;
import java.util.stream.Collectors;

/// What a node is called and found on its machine, for people.
final class Findings {
    private Findings() {}

    static void print(String name, Fingerprint.Found found, Out out) {
        NodeStatus status = found.status();
        out.line(
                "  node %s: %d cores (%d MHz), %d MiB memory, %d MiB disk"
                        .formatted(
                                name,
                                status.resources().cores(),
                                status.resources().cpu(),
                                status.resources().memoryMib(),
                                status.resources().diskMib()));
        out.line("  drivers: " + healthy(status));
        status.drivers()
                .forEach((driver, state) -> {
                    if (!state.healthy()) {
                        out.line("  no " + driver + ": " + state.because());
                    }
                });
        if (!found.missing().isEmpty()) {
            out.warning("  missing: " + found.missing());
        }
    }

    private static String healthy(NodeStatus status) {
        return status.drivers().entrySet().stream()
                .filter(e -> e.getValue().healthy())
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
    }
}
