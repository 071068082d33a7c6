package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.LogRequest;
import dev.drover.controller.client.Refused;
import dev.drover.controller.client.Reply;
import dev.drover.controller.client.Type;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobPhase;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The output of all allocations of a job, line by line as it comes, each with whose it is.
/// Followed, it goes on with allocations that are still to come, and ends when the job does.
///
/// What is missing is an error at the end. Followed output that breaks off is one at once, since
/// the job may go on for months. It does not go on by itself: the place where it broke cannot be
/// asked for (counted bytes lead elsewhere once old files are gone), and the time is not exact.
final class JobLogs {
    /// How soon the output of a new allocation is seen.
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /// What a node answers that has nothing of the kind: nothing is missing then.
    private static final int NOT_THERE = 404;

    /// More names are not read.
    private static final int NAMED_MAX = 5;

    /// A longer line is cut: it must not fill the memory.
    private static final int LINE_MAX = 64 << 10;

    private final Client client;
    private final Out out;
    private final LogRequest wanted;
    private final Optional<String> only;
    private final InstantSource clock;

    /// Who reads, by allocation and task.
    private final Map<String, Thread> readers = new TreeMap<>();

    /// Followed ones that nobody answers for now, as when a server is back and its nodes are not
    /// yet: asked again at the next look.
    private final Set<String> again = new ConcurrentSkipListSet<>();

    /// Whose output is not whole.
    private final Set<String> missing = new ConcurrentSkipListSet<>();

    /// Opens when nobody reads what is printed any more, or followed output broke off.
    private final CountDownLatch ended = new CountDownLatch(1);

    private volatile boolean unread;

    /// The time from which on output may be missing.
    private volatile Optional<Instant> broken = Optional.empty();

    /// @param wanted of each task
    /// @param only the one task that is meant; all of them when empty
    JobLogs(Client client, Out out, LogRequest wanted, Optional<String> only, InstantSource clock) {
        this.client = client;
        this.out = out;
        this.wanted = wanted;
        this.only = only;
        this.clock = clock;
    }

    void show(Job job) throws IOException, InterruptedException, CommandFailure {
        boolean over = begin(job);
        if (readers.isEmpty()) {
            nothingYet(job);
        }
        while (wanted.part().follow() && !over && !ended(LOOK_EVERY)) {
            over = begin(job);
        }
        for (Thread reader : readers.values()) {
            while (!reader.join(LOOK_EVERY) && !ended(Duration.ZERO)) {}
        }
        readers.values().forEach(Thread::interrupt);
        if (unread) {
            throw new OutputClosed();
        }
        if (!missing.isEmpty()) {
            throw incomplete(job);
        }
    }

    /// Who follows it waits, and knows for what.
    private void nothingYet(Job job) throws CommandFailure {
        String name = job.metadata().name();
        String what = "no task of job \"" + name + "\" has begun";
        if (!wanted.part().follow()) {
            throw new CommandFailure(what, "", "`drover why " + name + "` says what it waits for");
        }
        note(what + " yet: `drover why " + name + "` says what it waits for");
    }

    private boolean ended(Duration atMost) throws InterruptedException {
        return ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    private CommandFailure incomplete(Job job) {
        String name = job.metadata().name();
        return broken.map(since ->
                        new CommandFailure(
                                "the output of job \"" + name + "\" broke off",
                                "what its tasks have written since " + since + " is missing",
                                "`drover logs -f --since "
                                        + since
                                        + " "
                                        + name
                                        + "` goes on there"))
                .orElseGet(() ->
                        new CommandFailure(
                                "the output of job \"" + name + "\" is not whole",
                                "missing is that of " + some(missing),
                                "ask again; what keeps it is told above"));
    }

    private static String some(Set<String> whose) {
        List<String> named = new ArrayList<>(whose.stream().limit(NAMED_MAX).toList());
        if (whose.size() > named.size()) {
            named.add((whose.size() - named.size()) + " more");
        }
        return String.join(", ", named);
    }

    /// Begins with what is new; whether there was nothing more to come before it looked.
    private boolean begin(Job job) throws IOException {
        boolean over =
                client.find(Type.JOBS, job.name())
                        .filter(now -> now.status().phase() != JobPhase.DEAD)
                        .isEmpty();
        for (Allocation allocation : Listings.allocationsOf(job, client)) {
            for (String task : allocation.status().tasks().keySet()) {
                String key = allocation.id() + "/" + task;
                boolean due = !readers.containsKey(key) || again.remove(key);
                if (only.orElse(task).equals(task) && due) {
                    readers.put(
                            key,
                            Thread.ofVirtual()
                                    .name("logs " + task)
                                    .start(() -> read(allocation, task)));
                }
            }
        }
        return over;
    }

    private void read(Allocation allocation, String task) {
        String whose = Ids.brief(allocation.id()) + " " + task;
        try (Reply reply =
                        client.logs(
                                wanted.of(
                                        allocation.metadata().namespace(), allocation.id(), task));
                InputStream in = new BufferedInputStream(reply.body())) {
            missing.remove(whose);
            for (String line = line(in); !line.isEmpty() && ended.getCount() > 0; line = line(in)) {
                print(whose + " | " + line);
            }
        } catch (Refused refused) {
            refused(whose, allocation.id() + "/" + task, refused);
        } catch (IOException lost) {
            lost(whose, lost);
        }
    }

    private void refused(String whose, String key, Refused why) {
        boolean later = why.code() != NOT_THERE;
        if (!later || missing.add(whose)) { // told once
            note(whose + " | " + why.what());
        }
        if (later && wanted.part().follow()) {
            again.add(key);
        }
    }

    /// Once followed output has broken off, the others of it are cut off by ourselves.
    private synchronized void lost(String whose, IOException why) {
        out.note(whose + " | the output was lost: " + why.getMessage());
        missing.add(whose);
        if (wanted.part().follow()) {
            broken = broken.or(() -> Optional.of(clock.instant().truncatedTo(ChronoUnit.SECONDS)));
            ended.countDown();
        }
    }

    /// The next line with its end, a byte in each character; empty at the end.
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            line.write(octet);
            if (octet == '\n' || line.size() == LINE_MAX) {
                break;
            }
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    }

    private synchronized void print(String line) {
        if (ended.getCount() == 0) {
            return; // the last word is spoken
        }
        try {
            out.bytes(line.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException nobodyReads) {
            unread = true;
            ended.countDown();
        }
    }

    private synchronized void note(String text) {
        out.note(text);
    }
}
