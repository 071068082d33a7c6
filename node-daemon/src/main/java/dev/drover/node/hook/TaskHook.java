package dev.drover.node.hook;

import java.io.IOException;
import java.util.Optional;

/// One step before a task starts. It may run again after a crash at any point, and before each
/// restart: it looks first, then does.
public interface TaskHook {
    /// What it does, for the event that says so; empty when it has nothing to do for this task.
    Optional<Announcement> announce(TaskContext task);

    /// What people read while a hook works, and when it fails.
    ///
    /// @param type of the event, `Downloading Artifacts`
    /// @param failure the type of the event when it fails, `Failed Artifact Download`
    record Announcement(String type, String message, String failure) {}

    /// Does it.
    ///
    /// @throws IOException when it failed this time; the restart policy decides about another
    TaskContext prepare(TaskContext task) throws IOException, InterruptedException;

    /// Does it, and says now and then how far it is.
    default TaskContext prepare(TaskContext task, Progress progress)
            throws IOException, InterruptedException {
        return prepare(task);
    }

    /// Makes events of sentences: a few at most, for people read all of them.
    interface Progress {
        /// So far it is.
        void reached(String how);

        /// It cannot go on without this, which somebody may have to see to.
        void waitsFor(String what);

        /// Tells nobody.
        static Progress untold() {
            return new Progress() {
                @Override
                public void reached(String how) {}

                @Override
                public void waitsFor(String what) {}
            };
        }
    }

    /// Who goes along with each run of the task from its start, or from when a daemon has found it
    /// again; `task` is as before the first hook.
    default Optional<Companion> companion(TaskContext task) {
        return Optional.empty();
    }

    /// Takes away what it has made outside the task's folders. Called in reverse order after the
    /// task's end; must not mind being called twice.
    void undo(TaskContext task) throws IOException;
}
