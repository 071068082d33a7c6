package dev.drover.node.alloc;

import dev.drover.node.driver.TaskFolders;
import dev.drover.node.secrets.Secrets;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Where everything of one allocation is:
///
/// ```text
///  DATA/alloc/ID/alloc/{logs,tmp,data}    shared by its tasks
///  DATA/alloc/ID/TASK/{local,secrets,tmp}
///  DATA/runs/ID/TASK/N                    what supervises run N; tasks never see it
///  DATA/state/ID                          what we must recall
/// ```
public record AllocationFolders(Path data, String id) {
    private static final FileAttribute<Set<PosixFilePermission>> OURS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /// What people may look at.
    public Path home() {
        return data.resolve("alloc").resolve(FolderName.of(id));
    }

    /// Shared by the tasks.
    public Path shared() {
        return home().resolve(FolderName.SHARED);
    }

    /// Of one task.
    public TaskFolders task(String name) {
        return new TaskFolders(home().resolve(FolderName.of(name)), shared());
    }

    /// Of one run of a task.
    public Path run(String task, int number) {
        return runs().resolve(FolderName.of(task)).resolve(Integer.toString(number));
    }

    /// The first part of the names of a task's log files.
    public static String logName(String task) {
        return FolderName.of(task);
    }

    /// The name of the group of processes of one run.
    String group(String logName, String number) {
        return id + "-" + logName + "-" + number;
    }

    Path runs() {
        return data.resolve("runs").resolve(FolderName.of(id));
    }

    Path state() {
        return data.resolve("state").resolve(FolderName.of(id));
    }

    Path state(String task) {
        return state().resolve("task-" + FolderName.of(task));
    }

    /// What a task's templates have said last.
    public Path templates(String task) {
        return state().resolve("templates-" + FolderName.of(task));
    }

    /// What the server said last about it.
    Path assignment() {
        return state().resolve("allocation");
    }

    /// Where a folder is until it is whole; tasks and people do not see it.
    Path making() {
        return state().resolve("making");
    }

    /// A new folder for what comes from another node; tasks and people do not see it.
    Path arriving() throws IOException {
        Path folder = state().resolve("arriving");
        removeTree(folder);
        return Files.createDirectory(folder, OURS);
    }

    /// What has come, all of it.
    Path arrived() {
        return state().resolve("arrived");
    }

    /// Forgets what is left of it.
    void removeArrived() throws IOException {
        removeTree(arrived());
    }

    /// Removes all of it. What the server said goes first, so that nothing of it begins again when
    /// this is cut short; the folder it was in goes last, so that the rest is found then.
    void remove() throws IOException {
        Files.deleteIfExists(assignment());
        Secrets.removeAll(home());
        removeTree(home());
        removeTree(runs());
        removeTree(state());
    }

    /// Never follows a link: tasks can make links to anywhere.
    private static void removeTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path folder, IOException failed)
                            throws IOException {
                        Files.deleteIfExists(folder);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
