package dev.drover.node.driver;

import dev.drover.manifests.model.Resources;
import dev.drover.manifests.model.Value;
import dev.drover.node.supervision.RunPlace;
import java.util.Map;
import java.util.Optional;

/// One run of a task, as its driver needs it: every reference is filled in.
///
/// @param id unique on this node: allocation, task and the number of the run
/// @param config as the job wrote it
/// @param environment everything the task gets to see
/// @param user whom it runs as
/// @param resources how much it may use
public record TaskRun(
        String id,
        Map<String, Value> config,
        Map<String, String> environment,
        Optional<String> user,
        Optional<Resources> resources,
        TaskFolders folders,
        RunPlace place) {
    public TaskRun {
        config = Map.copyOf(config);
        environment = Map.copyOf(environment);
    }
}
