package dev.drover.node.check;

import java.util.List;
import java.util.Set;

/// A service of an allocation, with nothing left open.
///
/// @param during the tasks that must run for it to be offered
public record PlannedService(
        String name,
        String address,
        int port,
        List<String> tags,
        Set<String> during,
        List<PlannedCheck> checks) {
    public PlannedService {
        tags = List.copyOf(tags);
        during = Set.copyOf(during);
        checks = List.copyOf(checks);
    }
}
