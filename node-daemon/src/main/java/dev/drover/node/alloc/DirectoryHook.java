package dev.drover.node.alloc;

import dev.drover.manifests.model.Resources;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskEvent;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.node.driver.TaskFolders;
import dev.drover.node.secrets.Secrets;
import dev.drover.node.supervision.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Makes the folders of an allocation and of its tasks, each with the rights it needs.
public final class DirectoryHook implements AllocationHook {
    /// Everybody may write, nobody may remove what is another's.
    private static final int EVERYBODY = 01777;

    /// A task that is not root cannot swap its log files for links.
    private static final int OURS = 0755;

    private final Secrets secrets;

    /// @param secrets what this node can do for them
    public DirectoryHook(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public List<TaskEvent> prepare(AllocationMemory allocation, AllocationFolders folders)
            throws IOException {
        folder(folders.home(), OURS);
        folder(folders.shared(), EVERYBODY);
        folder(folders.shared().resolve("logs"), OURS);
        folder(folders.shared().resolve("data"), EVERYBODY);
        folder(folders.shared().resolve("tmp"), EVERYBODY);
        for (Task task : allocation.group().map(TaskGroup::tasks).orElse(List.of())) {
            prepare(task, folders.task(task.name()));
        }
        return List.of();
    }

    private void prepare(Task task, TaskFolders folders) throws IOException {
        folder(folders.home(), EVERYBODY);
        folder(folders.local(), OURS);
        secrets.open(folders.secrets(), mib(task));
        folder(folders.tmp(), EVERYBODY);
        Optional<Account> account =
                task.user().isPresent() ? Account.find(task.user().get()) : Optional.empty();
        if (account.isPresent()) {
            for (Path own : List.of(folders.local(), folders.secrets())) {
                Files.setAttribute(own, "unix:uid", account.get().uid());
                Files.setAttribute(own, "unix:gid", account.get().gid());
            }
        }
    }

    private static int mib(Task task) {
        return task.resources()
                .flatMap(Resources::secretsMib)
                .filter(mib -> mib > 0)
                .orElse(Secrets.MIB_DEFAULT);
    }

    private static void folder(Path path, int mode) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path);
            Files.setAttribute(path, "unix:mode", mode);
        }
    }

    @Override
    public void undo(AllocationMemory allocation, AllocationFolders folders) {
        // What is mounted goes with the folders, which go with everything else of the allocation.
    }
}
