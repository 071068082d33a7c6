package dev.drover.node.alloc;

import dev.drover.node.cgroup.Cgroups;
import dev.drover.node.driver.Driver;
import dev.drover.node.environment.NodeFacts;
import dev.drover.node.hook.TaskHook;
import dev.drover.node.link.Arrivals;
import dev.drover.node.link.Silence;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What every [AllocationRunner] works with.
///
/// @param data the daemon's folder
/// @param drivers by name
/// @param others the allocations of this node, by id
/// @param arrivals what comes from other nodes
/// @param silence of the server
/// @param chance safe for many threads
public record AllocationTools(
        Path data,
        Hooks hooks,
        Map<String, Driver> drivers,
        Supplier<NodeFacts> node,
        Function<String, Optional<AllocationRunner>> others,
        Arrivals arrivals,
        Supplier<Silence> silence,
        Optional<Cgroups> cgroups,
        InstantSource clock,
        RandomGenerator chance) {
    public AllocationTools {
        drivers = Map.copyOf(drivers);
    }

    /// The two lists of hooks, in their order.
    public record Hooks(List<AllocationHook> ofAllocation, List<TaskHook> ofTask) {
        public Hooks {
            ofAllocation = List.copyOf(ofAllocation);
            ofTask = List.copyOf(ofTask);
        }
    }
}
