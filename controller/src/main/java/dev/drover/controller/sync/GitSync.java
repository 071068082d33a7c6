package dev.drover.controller.sync;

import dev.drover.controller.admit.Admission;
import dev.drover.controller.admit.Terms;
import dev.drover.manifests.model.GitSource;
import dev.drover.manifests.model.GitSourceStatus;
import dev.drover.manifests.model.ResourceName;
import dev.drover.store.Commit;
import dev.drover.store.lease.Epoch;
import dev.drover.store.typed.Table;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at every source when it is due. One thread keeps the times; each look runs on a virtual
/// thread of its own, so that a silent remote holds up nobody else. What a look decides is in the
/// source's status; no other state survives, and none needs to: a look at an unchanged commit finds
/// again what it found.
public final class GitSync implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GitSync.class);

    /// Of a source that names none.
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    /// The shortest, and how often the times are looked at: a list of a small table from memory.
    private static final Duration TICK = Duration.ofSeconds(1);

    /// Looks under way at once: each may hold 64 MiB of manifests.
    private static final int LOOKS_MAX = 4;

    /// A look that found what the last one found is written down only so often: revisions are for
    /// changes.
    private static final Duration QUIET = Duration.ofMinutes(1);

    /// How long a server that ends waits for a look. A remote may take longer, a write does not.
    private static final Duration LEAVE_MAX = Duration.ofSeconds(2);

    private final Tables tables;
    private final Admission admission;
    private final Epoch epoch;
    private final Path mirrors;
    private final InstantSource clock;
    private final Semaphore looks = new Semaphore(LOOKS_MAX);
    private final Map<ResourceName, Look> last = new ConcurrentHashMap<>();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    /// The copies of the sources that there were at the last tick, and whether there may be more:
    /// one may have gone while no server stood. The keeping thread's alone.
    private Set<String> living = Set.of();

    private boolean sweepDue = true;

    /// Why sources could not be read at the last tick. The keeping thread's alone, too.
    private List<String> told = List.of();

    /// The last look at a source.
    ///
    /// @param begun when, by the clock that was handed in
    /// @param generation of the spec that was looked with: another one is due at once
    /// @param over whether it has ended
    private record Look(Instant begun, long generation, boolean over) {}

    /// Makes it; `start` begins.
    ///
    /// @param mirrors a folder of ours for copies of repositories, one for each life of a source
    public GitSync(
            Tables tables, Admission admission, Epoch epoch, Path mirrors, InstantSource clock) {
        this.tables = tables;
        this.admission = admission;
        this.epoch = epoch;
        this.mirrors = mirrors;
        this.clock = clock;
    }

    /// Begins to look.
    public void start() {
        Thread.ofPlatform().name("git-sync").daemon().start(this::keep);
    }

    private void keep() {
        try {
            while (!closed.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    tick();
                } catch (RuntimeException bug) { // the top of the loop: at the next tick
                    LOG.error("Git sources could not be looked at", bug);
                }
            }
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
        }
    }

    private void tick() {
        Table.Legible<GitSource> legible = tables.gitSources().legible();
        tell(legible.trouble());
        List<GitSource> sources = legible.rows();
        last.keySet().retainAll(sources.stream().map(GitSource::name).toList());
        if (legible.trouble().isEmpty()) { // which copy is of one that cannot be read nobody knows
            sweep(sources.stream().map(GitSync::copy).collect(Collectors.toSet()));
        }
        sources.stream().filter(this::due).forEach(this::begin);
    }

    /// Once, for as long as it is so.
    private void tell(List<String> trouble) {
        if (!trouble.equals(told)) {
            trouble.forEach(why -> LOG.error("a Git source is not looked at: {}", why));
            told = trouble;
        }
    }

    /// The folder of its copy: another one for each life of a source.
    private static String copy(GitSource source) {
        return source.metadata().uid().orElseThrow();
    }

    /// Removes the copies of sources that are gone.
    private void sweep(Set<String> now) {
        sweepDue |= !now.containsAll(living);
        living = now;
        if (sweepDue && Files.isDirectory(mirrors)) {
            sweepDue = !swept();
        }
    }

    /// False when one that is gone is being written: it has its turn at the next tick.
    private boolean swept() {
        boolean all = true;
        try (Stream<Path> copies = Files.list(mirrors)) {
            for (Path copy : copies.toList()) {
                String name = copy.getFileName().toString();
                if (living.contains(name)) {
                    continue;
                }
                if (busy.contains(name)) {
                    all = false;
                } else {
                    new GitMirror(copy).remove();
                }
            }
        } catch (IOException e) { // again when the next one goes, or at the next start
            LOG.warn("the copy of a Git source that is gone stays", e);
        }
        return all;
    }

    /// A look that is still to come was begun before the clock was set back.
    private boolean due(GitSource source) {
        Look look = last.get(source.name());
        if (look == null) {
            return true;
        }
        Duration asked = source.spec().interval().orElse(INTERVAL);
        Duration interval = asked.compareTo(TICK) < 0 ? TICK : asked;
        Instant now = clock.instant();
        return look.over()
                && (look.generation() != source.metadata().generation()
                        || now.isBefore(look.begun())
                        || !now.isBefore(look.begun().plus(interval)));
    }

    private void begin(GitSource source) {
        if (!looks.tryAcquire()) {
            return; // at the next tick
        }
        Look look = new Look(clock.instant(), source.metadata().generation(), false);
        last.put(source.name(), look);
        busy.add(copy(source));
        Thread.ofVirtual()
                .name("git-sync " + source.name())
                .start(() -> {
                    try {
                        look(source);
                    } finally {
                        busy.remove(copy(source));
                        last.replace(
                                source.name(),
                                look,
                                new Look(look.begun(), look.generation(), true));
                        looks.release();
                    }
                });
    }

    private void look(GitSource source) {
        Fetched fetched = new GitMirror(mirrors.resolve(copy(source))).fetch(source.spec());
        if (closed.getCount() == 0) {
            return; // the store may be closed too; who comes next looks again
        }
        GitSourceStatus status = look(source, fetched);
        if (worthWriting(source.status(), status)) {
            write(source, status);
        }
    }

    private GitSourceStatus look(GitSource source, Fetched fetched) {
        Terms terms = Terms.of("git:" + source.name());
        SyncTurn.Door door = (wanted, dryRun) -> admission.put(wanted, terms.dryRun(dryRun));
        try {
            return SyncTurn.look(source, fetched, door, clock.instant());
        } catch (RuntimeException bug) { // the top of the look: whoever follows the source is told
            LOG.error("looking at Git source {}", source.name(), bug);
            Fetched failed = new Fetched.Failed("a mistake of this program: its log says more");
            return SyncTurn.look(source, failed, door, clock.instant());
        }
    }

    private static boolean worthWriting(GitSourceStatus before, GitSourceStatus after) {
        boolean same =
                before.commit().equals(after.commit())
                        && before.because().equals(after.because())
                        && before.manifests().equals(after.manifests());
        boolean quiet =
                before.attempted().isPresent()
                        && after.attempted().isPresent()
                        && Duration.between(before.attempted().get(), after.attempted().get())
                                        .abs()
                                        .compareTo(QUIET)
                                < 0;
        return !(same && quiet);
    }

    /// A source that was changed or deleted meanwhile is looked at again anyway.
    private void write(GitSource source, GitSourceStatus status) {
        Commit commit =
                tables.commit(
                        Write.of(
                                new Write.Step.Under(epoch),
                                new Write.Step.Replace(source.withStatus(status))));
        switch (commit) {
            case Commit.Done _, Commit.Conflict _ -> {}
            case Commit.Unknown(String why) -> LOG.warn("status of {}: {}", source.name(), why);
            case Commit.Refused(String why) -> LOG.warn("status of {}: {}", source.name(), why);
        }
    }

    /// Begins no look any more. Those that write now are waited for; those that wait for a remote
    /// will write nothing.
    @Override
    public void close() {
        closed.countDown();
        try {
            if (!looks.tryAcquire(LOOKS_MAX, LEAVE_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info("a repository is still being fetched: nothing of it is applied");
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
