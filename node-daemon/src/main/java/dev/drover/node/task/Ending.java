package dev.drover.node.task;

import dev.drover.manifests.model.Exit;

/// How a run of a task came to its end, or did not come to its beginning.
public sealed interface Ending {
    /// It ran, and ended.
    record Exited(Exit exit) implements Ending {}

    /// This machine could not start it; another time it may.
    record CouldNotStart(String because) implements Ending {}

    /// This machine has too little of something just now: nothing is wrong with the task.
    record Lacking(String because) implements Ending {}

    /// It can never start as it is written.
    record Refused(String because) implements Ending {}

    /// It ran, and was ended because it did not work.
    record Unwell(String because) implements Ending {}

    /// It ran, and was ended for another run to begin with what is new.
    record Renewed(String because) implements Ending {}
}
