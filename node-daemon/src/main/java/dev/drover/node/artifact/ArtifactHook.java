package dev.drover.node.artifact;

import dev.drover.manifests.model.Artifact;
import dev.drover.node.beneath.Staging;
import dev.drover.node.driver.TaskFolders;
import dev.drover.node.hook.TaskContext;
import dev.drover.node.hook.TaskHook;
import dev.drover.node.os.FullDisk;
import dev.drover.node.supervision.Account;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/// Fetches what the task asks for into its folder, before templates look at it. An artifact that is
/// there stays: a mark beneath the task's folder tells so after a restart of the task or of the
/// daemon.
public final class ArtifactHook implements TaskHook {

    private static final Announcement WORDS =
            new Announcement(
                    "Downloading Artifacts",
                    "Client is downloading artifacts",
                    "Failed Artifact Download");

    private static final String MARKS = ".artifacts";

    private final Fetcher fetcher;
    private final ArtifactPlan.Rules rules;

    public ArtifactHook(Fetcher fetcher, ArtifactPlan.Rules rules) {
        this.fetcher = fetcher;
        this.rules = rules;
    }

    @Override
    public Optional<Announcement> announce(TaskContext task) {
        boolean allThere =
                task.subject().task().artifacts().stream()
                        .map(artifact -> plan(artifact, task))
                        .allMatch(plan ->
                                plan instanceof ArtifactPlan.Ready ready
                                        && Files.exists(mark(ready, task)));
        return allThere ? Optional.empty() : Optional.of(WORDS);
    }

    @Override
    public TaskContext prepare(TaskContext task) throws IOException, InterruptedException {
        return prepare(task, Progress.untold());
    }

    @Override
    public TaskContext prepare(TaskContext task, Progress progress)
            throws IOException, InterruptedException {
        for (Artifact artifact : task.subject().task().artifacts()) {
            switch (plan(artifact, task)) {
                case ArtifactPlan.Refused(String why) -> throw new IOException(why);
                case ArtifactPlan.Ready ready -> {
                    if (!Files.exists(mark(ready, task))) {
                        fetch(ready, artifact, task, progress);
                    }
                }
            }
        }
        return task;
    }

    /// Everything is beneath the task's folder, and goes with it.
    @Override
    public void undo(TaskContext task) {}

    private void fetch(
            ArtifactPlan.Ready ready, Artifact artifact, TaskContext task, Progress progress)
            throws IOException, InterruptedException {
        Milestones milestones = new Milestones(ready.fetch().basename());
        try (Staging staging = Staging.within(ready.root())) {
            fetcher.fetch(
                    ready.fetch(),
                    staging.folder(),
                    bytes -> milestones.reached(bytes).ifPresent(progress::reached));
            give(staging, artifact, task);
            staging.moveIn(Fetch.TREE);
        } catch (IOException e) {
            throw new IOException(
                    "failed to download artifact \""
                            + ready.fetch().source()
                            + "\": "
                            + FullDisk.words(ready.root(), e),
                    e);
        }
        Path mark = mark(ready, task);
        Files.createDirectories(mark.getParent());
        Files.write(mark, new byte[0]);
    }

    /// The child's user owns what it wrote: now the task's user does where the job says `chown`,
    /// else the daemon's.
    private static void give(Staging staging, Artifact artifact, TaskContext task)
            throws IOException {
        Path home = task.folders().home();
        int uid = (int) Files.getAttribute(home, "unix:uid");
        int gid = (int) Files.getAttribute(home, "unix:gid");
        if (artifact.chown().orElse(false) && task.subject().task().user().isPresent()) {
            String user = task.subject().task().user().get();
            Account account =
                    Account.find(user)
                            .orElseThrow(() ->
                                    new IOException(
                                            "chown = true, but this machine has no user " + user));
            uid = account.uid();
            gid = account.gid();
        }
        staging.own(uid, gid);
    }

    private ArtifactPlan plan(Artifact artifact, TaskContext task) {
        var owner =
                new ArtifactPlan.Owner(task.folders(), task.variables(), task.environment()::fill);
        return ArtifactPlan.of(artifact, owner, rules);
    }

    /// Its name is a digest of the whole plan: another version of the job fetches anew. It is where
    /// the artifact is: secrets are in memory, and gone when the machine restarts.
    private static Path mark(ArtifactPlan.Ready ready, TaskContext task) {
        byte[] plan =
                (ready.root() + "\n" + String.join("\n", ready.fetch().lines()))
                        .getBytes(StandardCharsets.UTF_8);
        TaskFolders folders = task.folders();
        Path home = ready.root().equals(folders.secrets()) ? folders.secrets() : folders.home();
        return home.resolve(MARKS).resolve(UUID.nameUUIDFromBytes(plan).toString());
    }
}
