package dev.drover.node.task;

import dev.drover.manifests.model.TaskEvent;
import dev.drover.node.hook.TaskContext;
import dev.drover.node.hook.TaskHook;
import dev.drover.node.os.FullDisk;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done for a task before each of its runs: its hooks in their order, each of which says
/// what it does and how far it is.
final class Preparation {
    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

    private final List<TaskHook> hooks;
    private final InstantSource clock;
    private final Consumer<TaskEvent> told;

    /// @param told hears of everything, also of what fails
    Preparation(List<TaskHook> hooks, InstantSource clock, Consumer<TaskEvent> told) {
        this.hooks = List.copyOf(hooks);
        this.clock = clock;
        this.told = told;
    }

    /// The context that the hooks have made of it.
    TaskContext of(TaskContext context) throws IOException, InterruptedException {
        TaskContext prepared = context;
        for (TaskHook hook : hooks) {
            Optional<TaskHook.Announcement> words = hook.announce(prepared);
            if (words.isEmpty()) {
                continue;
            }
            TaskHook.Announcement said = words.get();
            tell(said.type(), said.message());
            try {
                prepared = hook.prepare(prepared, progress(said.type()));
            } catch (IOException e) {
                tell(said.failure(), FullDisk.words(context.folders().home(), e));
                throw e;
            } catch (RuntimeException bug) { // a failed start as any other: the policy bounds it
                LOG.error("a mistake before a run of {}", context.subject().task().name(), bug);
                tell(said.failure(), Words.MISTAKE);
                throw new IOException(Words.MISTAKE, bug);
            }
        }
        return prepared;
    }

    private TaskHook.Progress progress(String type) {
        return new TaskHook.Progress() {
            @Override
            public void reached(String how) {
                tell(type, how);
            }

            @Override
            public void waitsFor(String what) {
                tell(TaskEvent.WAITING, what);
            }
        };
    }

    private void tell(String type, String message) {
        told.accept(new TaskEvent(clock.instant(), type, message));
    }
}
