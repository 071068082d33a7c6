package dev.drover.node.alloc;

import dev.drover.manifests.model.TaskEvent;
import java.io.IOException;
import java.util.List;

/// One step before the tasks of an allocation start. It may run again after a crash at any point:
/// it looks first, then does.
public interface AllocationHook {
    /// Does it.
    ///
    /// @return what its tasks should tell of it
    List<TaskEvent> prepare(AllocationMemory allocation, AllocationFolders folders)
            throws IOException;

    /// Takes away what it has made outside the allocation's folders. Called in reverse order when
    /// the allocation goes; must not mind being called twice.
    void undo(AllocationMemory allocation, AllocationFolders folders) throws IOException;
}
