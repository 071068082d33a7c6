package dev.drover.controller.nodes;

import dev.drover.manifests.model.ResourceName;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Tells one node what it should run: once everything, then what was marked as changed. Marks
/// coalesce, so a slow node costs one name per allocation and gets the newest state.
final class DesiredSender {
    private final DesiredSet set;
    private final Outbox outbox;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition marked = lock.newCondition();
    private final Set<ResourceName> changed = new LinkedHashSet<>();
    private boolean everything = true;

    DesiredSender(DesiredSet set, Outbox outbox) {
        this.set = set;
        this.outbox = outbox;
    }

    /// An allocation of the node has changed, or gone.
    void mark(ResourceName allocation) {
        lock.lock();
        try {
            changed.add(allocation);
            marked.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Something may have been missed: say everything again.
    void markAll() {
        lock.lock();
        try {
            everything = true;
            marked.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Sends until the thread is interrupted.
    ///
    /// @throws IOException when the link is gone
    void run() throws IOException, InterruptedException {
        while (true) {
            Set<ResourceName> names = new LinkedHashSet<>();
            boolean whole = take(names);
            outbox.sendAndWait(whole ? set.whole() : set.changes(names));
        }
    }

    /// Waits for marks and takes them all; true when everything is to be said.
    private boolean take(Set<ResourceName> names) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!everything && changed.isEmpty()) {
                marked.await();
            }
            boolean whole = everything;
            everything = false;
            names.addAll(changed);
            changed.clear();
            return whole;
        } finally {
            lock.unlock();
        }
    }
}
