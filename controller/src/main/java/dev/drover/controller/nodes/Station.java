package dev.drover.controller.nodes;

import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobVersion;
import dev.drover.store.typed.Tables;
import java.time.InstantSource;
import java.util.function.Function;

/// What every link works with.
///
/// @param effective the spec of a version with its defaults
record Station(
        Tables tables,
        NodeRows rows,
        Roster roster,
        Function<JobVersion, JobSpec> effective,
        LinkTimes times,
        InstantSource clock) {

    DesiredSet desired(String node) {
        return new DesiredSet(tables, effective, node);
    }

    Relay relay() {
        return new Relay(tables, roster);
    }

    String clusterId() {
        return tables.store().clusterId();
    }
}
