package dev.drover.node.bench;

import dev.drover.node.driver.jail.StartBench;

/// Everything that is measured of the node daemon, one after another.
public final class NodeBench {
    private NodeBench() {}

    /// Prints a row for each number.
    public static void main(String[] arguments) throws Exception {
        StartBench.main(arguments);
    }
}
