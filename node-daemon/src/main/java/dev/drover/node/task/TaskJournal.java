package dev.drover.node.task;

import java.io.IOException;

/// Where a task's memory is kept. What is written is durable, and is told to the server.
@FunctionalInterface
public interface TaskJournal {
    /// Replaces what was written before.
    void write(TaskMemory memory) throws IOException;
}
