package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Listing;
import dev.drover.controller.client.Seen;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Watch;
import dev.drover.controller.client.Where;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Resource;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Watches one job on a server: its own thread for each of job, evaluations, deployments and
/// allocations sends what it sees to the one who asks, who alone keeps the picture.
final class Follower implements AutoCloseable {
    /// Changes on their way; a watcher waits when the terminal is slower.
    private static final int QUEUE = 1024;

    /// Watches in a row without a single change: a server may end idle ones now and then, one that
    /// ends every one at once is broken.
    private static final int IDLE_WATCHES_MAX = 100;

    /// What a watcher sends.
    private sealed interface Message {
        /// A resource as it is now.
        record Now(Resource resource) implements Message {}

        /// A resource that is gone.
        record Gone(Resource resource) implements Message {}

        /// The watcher cannot go on.
        record Lost(IOException why) implements Message {}
    }

    private final Client client;
    private final BlockingQueue<Message> messages = new ArrayBlockingQueue<>(QUEUE);
    private final ConcurrentLinkedQueue<Watch<?>> open = new ConcurrentLinkedQueue<>();
    private final List<Thread> watchers;
    private final Map<String, Allocation> allocations = new HashMap<>();
    private final String evaluationId;
    private final int version;
    private Job job;
    private Optional<Evaluation> evaluation = Optional.empty();
    private Optional<Deployment> deployment = Optional.empty();

    /// Begins to follow a job as it was just written, with the decision that it asks for.
    ///
    /// @param before the job's allocations before it was written
    Follower(Client client, Job written, List<Allocation> before) {
        this.client = client;
        this.job = written;
        this.evaluationId = written.status().evaluation().orElse("");
        this.version = written.status().version();
        String namespace = written.metadata().namespace();
        String name = written.metadata().name();
        before.stream().filter(this::ours).forEach(a -> allocations.put(a.id(), a));
        this.watchers =
                List.of(
                        watcher(Type.JOBS, namespace, Where.field("metadata.name", name)),
                        watcher(Type.EVALUATIONS, namespace, Where.field("spec.jobName", name)),
                        watcher(Type.DEPLOYMENTS, namespace, Where.field("spec.jobName", name)),
                        watcher(Type.ALLOCATIONS, namespace, Where.field("spec.jobName", name)));
    }

    /// The job's picture when everything that had arrived is in it.
    Sight sight() {
        return new Sight(job, evaluation, deployment, List.copyOf(allocations.values()));
    }

    /// Waits for something new, then takes all there is. Fails when the server is gone.
    void await() throws IOException, InterruptedException {
        take(messages.take());
        for (Message next = messages.poll(); next != null; next = messages.poll()) {
            take(next);
        }
    }

    private void take(Message message) throws IOException {
        switch (message) {
            case Message.Now(Job seen) when sameJob(seen) -> job = seen;
            case Message.Now(Evaluation seen) when seen.metadata().name().equals(evaluationId) ->
                    evaluation = Optional.of(seen);
            case Message.Now(Deployment seen) when ours(seen) -> deployment = Optional.of(seen);
            case Message.Now(Allocation seen) when ours(seen) -> allocations.put(seen.id(), seen);
            case Message.Gone(Allocation seen) -> allocations.remove(seen.id());
            case Message.Now _, Message.Gone _ -> {} // somebody else's
            case Message.Lost(IOException why) -> throw why;
        }
    }

    private boolean sameJob(Job seen) {
        return seen.name().equals(job.name())
                && seen.metadata().generation() >= job.metadata().generation();
    }

    private boolean ours(Allocation seen) {
        return seen.spec().jobName().equals(job.metadata().name())
                && seen.spec().jobUid().equals(job.metadata().uid().orElse(""));
    }

    /// The way to the version that was written, whatever comes after it.
    private boolean ours(Deployment seen) {
        return seen.spec().jobUid().equals(job.metadata().uid().orElse(""))
                && seen.spec().jobVersion() == version;
    }

    private <T extends Resource> Thread watcher(Type<T> type, String namespace, Where where) {
        return Thread.ofVirtual()
                .name("watch " + type.kind().plural())
                .start(() -> watch(type, namespace, where));
    }

    private <T extends Resource> void watch(Type<T> type, String namespace, Where where) {
        try {
            for (int idle = 0; idle < IDLE_WATCHES_MAX; idle++) {
                Listing<T> listing = client.list(type, namespace, where);
                for (T item : listing.items()) {
                    messages.put(new Message.Now(item));
                }
                if (watch(client.watch(type, namespace, where, listing.revision()))) {
                    idle = 0;
                }
            }
            throw new IOException("the server ends every watch at once");
        } catch (IOException e) {
            lost(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // closed: nobody listens any more
        }
    }

    /// Sends on what a watch sees until it ends; whether it saw anything.
    private <T extends Resource> boolean watch(Watch<T> watch)
            throws IOException, InterruptedException {
        open.add(watch);
        boolean any = false;
        try (watch) {
            for (Optional<Seen<T>> seen = watch.next(); seen.isPresent(); seen = watch.next()) {
                any = true;
                messages.put(
                        switch (seen.get()) {
                            case Seen.Now<T>(T resource) -> new Message.Now(resource);
                            case Seen.Gone<T>(T resource) -> new Message.Gone(resource);
                        });
            }
        }
        open.remove(watch);
        return any;
    }

    private void lost(IOException why) {
        try {
            messages.put(new Message.Lost(why));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // closed: nobody listens any more
        }
    }

    @Override
    public void close() throws IOException {
        watchers.forEach(Thread::interrupt);
        for (Watch<?> watch : open) {
            watch.close();
        }
    }
}
