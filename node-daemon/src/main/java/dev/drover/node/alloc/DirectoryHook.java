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
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
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
        folder(folders, folders.home(), OURS);
        folder(folders, folders.shared(), EVERYBODY);
        folder(folders, folders.shared().resolve("logs"), OURS);
        folder(folders, folders.shared().resolve("data"), EVERYBODY);
        folder(folders, folders.shared().resolve("tmp"), EVERYBODY);
        for (Task task : allocation.group().map(TaskGroup::tasks).orElse(List.of())) {
            prepare(task, folders);
        }
        return List.of();
    }

    private void prepare(Task task, AllocationFolders folders) throws IOException {
        TaskFolders own = folders.task(task.name());
        folder(folders, own.home(), EVERYBODY);
        folder(folders, own.local(), OURS);
        secrets.open(own.secrets(), mib(task));
        folder(folders, own.tmp(), EVERYBODY);
        Optional<Account> account =
                task.user().isPresent() ? Account.find(task.user().get()) : Optional.empty();
        if (account.isPresent()) {
            for (Path given : List.of(own.local(), own.secrets())) {
                Files.setAttribute(given, "unix:uid", account.get().uid());
                Files.setAttribute(given, "unix:gid", account.get().gid());
            }
        }
    }

    private static int mib(Task task) {
        return task.resources()
                .flatMap(Resources::secretsMib)
                .filter(mib -> mib > 0)
                .orElse(Secrets.MIB_DEFAULT);
    }

    /// It has its rights before it has its place: one with other rights, of a daemon that was
    /// killed in between, would be taken for made by the next.
    private static void folder(AllocationFolders folders, Path path, int mode) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Path making = Files.createDirectories(folders.making());
            Files.setAttribute(making, "unix:mode", mode);
            Files.move(making, path, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    @Override
    public void undo(AllocationMemory allocation, AllocationFolders folders) {
        // What is mounted goes with the folders, which go with everything else of the allocation.
    }
}
