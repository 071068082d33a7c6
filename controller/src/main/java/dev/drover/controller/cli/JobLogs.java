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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The output of all allocations of a job, line by line as it comes, each with whose it is.
/// Followed, it goes on with allocations that are still to come, and ends when the job does.
final class JobLogs {
    /// How soon the output of a new allocation is seen.
    private static final long LOOK_EVERY_MILLIS = 1_000;

    /// A longer line is cut: it must not fill the memory.
    private static final int LINE_MAX = 64 << 10;

    private final Client client;
    private final Out out;
    private final LogRequest wanted;
    private final Optional<String> only;
    private final Set<String> begun = new TreeSet<>();
    private final List<Thread> readers = new ArrayList<>();

    /// Opens when nobody reads what is printed any more.
    private final CountDownLatch unread = new CountDownLatch(1);

    /// @param wanted of each task
    /// @param only the one task that is meant; all of them when empty
    JobLogs(Client client, Out out, LogRequest wanted, Optional<String> only) {
        this.client = client;
        this.out = out;
        this.wanted = wanted;
        this.only = only;
    }

    void show(Job job) throws IOException, InterruptedException {
        boolean over = begin(job);
        while (wanted.part().follow() && !over) {
            failUnread(unread.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS));
            over = begin(job);
        }
        for (Thread reader : readers) {
            while (!reader.join(Duration.ofMillis(LOOK_EVERY_MILLIS))) {
                failUnread(unread.getCount() == 0);
            }
        }
        failUnread(unread.getCount() == 0);
    }

    private static void failUnread(boolean is) throws IOException {
        if (is) {
            throw new OutputClosed();
        }
    }

    /// Begins with what is new; whether there was nothing more to come before it looked.
    private boolean begin(Job job) throws IOException {
        boolean over =
                client.find(Type.JOBS, job.name())
                        .filter(now -> now.status().phase() != JobPhase.DEAD)
                        .isEmpty();
        for (Allocation allocation : Listings.allocationsOf(job, client)) {
            for (String task : allocation.status().tasks().keySet()) {
                if (only.orElse(task).equals(task) && begun.add(allocation.id() + "/" + task)) {
                    readers.add(
                            Thread.ofVirtual()
                                    .name("logs " + task)
                                    .start(() -> read(allocation, task)));
                }
            }
        }
        return over;
    }

    private void read(Allocation allocation, String task) {
        String whose = Ids.brief(allocation.id()) + " " + task + " | ";
        try (Reply reply =
                        client.logs(
                                wanted.of(
                                        allocation.metadata().namespace(), allocation.id(), task));
                InputStream in = new BufferedInputStream(reply.body())) {
            for (String line = line(in);
                    !line.isEmpty() && unread.getCount() > 0;
                    line = line(in)) {
                print(whose + line);
            }
        } catch (Refused gone) {
            note(whose + gone.what());
        } catch (IOException lost) {
            note(whose + "the output was lost: " + lost.getMessage());
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
        try {
            out.bytes(line.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException nobodyReads) {
            unread.countDown();
        }
    }

    private synchronized void note(String text) {
        out.note(text);
    }
}
