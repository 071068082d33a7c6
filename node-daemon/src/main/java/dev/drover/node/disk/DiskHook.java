package dev.drover.node.disk;

import dev.drover.node.hook.Companion;
import dev.drover.node.hook.RunControl;
import dev.drover.node.hook.TaskContext;
import dev.drover.node.hook.TaskHook;
import dev.drover.node.os.FullDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells when an allocation's folders hold more than its `ephemeral_disk.size`, and when the disk
/// that they are on is full. It counts and stops nothing: the task goes on, and people know who
/// fills the disk.
public final class DiskHook implements TaskHook {
    private static final Logger LOG = LoggerFactory.getLogger(DiskHook.class);

    /// Often enough to be read before a disk is full, rare enough to cost nothing.
    private static final Duration EVERY = Duration.ofSeconds(60);

    /// Counting takes at most this part of the time, however many files there are.
    private static final int PART = 100;

    private static final int MIB_SHIFT = 20;

    /// With less, not even the few bytes of a task's end fit for sure.
    private static final long FREE_MIN = 1 << MIB_SHIFT;

    private static final String FULL =
            "What the task prints waits until there is room, and so does the news of its end: the"
                    + " file system of ";

    private final InstantSource clock;
    private final Room room;

    /// How many bytes more fit where a folder is.
    @FunctionalInterface
    interface Room {
        long bytes(Path folder) throws IOException;
    }

    /// Looks at the clock only for how long counting takes.
    public DiskHook(InstantSource clock) {
        this(clock, folder -> Files.getFileStore(folder).getUsableSpace());
    }

    DiskHook(InstantSource clock, Room room) {
        this.clock = clock;
        this.room = room;
    }

    @Override
    public Optional<Announcement> announce(TaskContext task) {
        return Optional.empty();
    }

    @Override
    public TaskContext prepare(TaskContext task) {
        return task;
    }

    @Override
    public Optional<Companion> companion(TaskContext task) {
        int mib = task.subject().allocation().spec().granted().diskMib();
        Path home = task.folders().shared().resolveSibling("");
        return mib == 0
                ? Optional.empty() // nothing was granted, so nothing is exceeded
                : Optional.of(run -> watch(home, mib, run));
    }

    private void watch(Path home, int mib, RunControl run) throws InterruptedException {
        boolean told = false;
        boolean full = false;
        run.splay(EVERY); // not all tasks of a node at once
        while (true) {
            Instant before = clock.instant();
            Optional<DiskUse> use = use(home);
            long used = use.map(DiskUse::bytes).orElse(0L) >> MIB_SHIFT;
            if (used > mib && !told) {
                run.tell("Disk Exceeded", words(use.orElseThrow(), used, mib));
            }
            told = used > mib;
            boolean fullNow = full(home);
            if (fullNow && !full) {
                run.tell("Disk Full", FULL + FullDisk.room(home));
            }
            full = fullNow;
            Duration longest = Duration.between(before, clock.instant()).multipliedBy(PART);
            run.pause(longest.compareTo(EVERY) > 0 ? longest : EVERY);
        }
    }

    private static Optional<DiskUse> use(Path home) {
        try {
            return Optional.of(DiskUse.of(home));
        } catch (IOException e) {
            LOG.warn("the files in {} cannot be counted", home, e);
            return Optional.empty();
        }
    }

    private boolean full(Path home) {
        try {
            return room.bytes(home) < FREE_MIN;
        } catch (IOException e) {
            LOG.warn("the room where {} is cannot be told", home, e);
            return false;
        }
    }

    private static String words(DiskUse use, long used, int mib) {
        return "The allocation's folders hold %d MiB, ephemeral_disk.size is %d MiB; most is in %s"
                .formatted(used, mib, use.largest());
    }

    @Override
    public void undo(TaskContext task) {
        // It has made nothing.
    }
}
