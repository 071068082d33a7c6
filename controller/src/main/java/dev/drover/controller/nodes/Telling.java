package dev.drover.controller.nodes;

import dev.drover.manifests.model.Kind;
import dev.drover.manifests.wire.FromNode.Ask;
import dev.drover.manifests.wire.Inquiry;
import dev.drover.manifests.wire.Knowledge;
import dev.drover.manifests.wire.ToNode;
import dev.drover.manifests.wire.Wire;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Answers what one node's tasks want to know, and again whenever the answer is another one. Marks
/// coalesce: a slow node hears the newest answer.
final class Telling {
    private final Known known;
    private final Outbox outbox;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition marked = lock.newCondition();
    private final Map<Long, Ask> standing = new LinkedHashMap<>();
    private final Set<Long> due = new LinkedHashSet<>();

    /// What was said last; the sending thread's own.
    private final Map<Long, Knowledge> told = new HashMap<>();

    Telling(Known known, Outbox outbox) {
        this.known = known;
        this.outbox = outbox;
    }

    /// The node wants to know something from now on.
    ///
    /// @throws IOException when it wants to know too much
    void ask(Ask ask) throws IOException {
        lock.lock();
        try {
            if (standing.size() == Wire.QUESTIONS_MAX) {
                standing.values().removeIf(one -> !known.stands(one));
            }
            if (standing.size() == Wire.QUESTIONS_MAX) {
                throw new IOException("the node asks more than " + Wire.QUESTIONS_MAX + " things");
            }
            standing.put(ask.question(), ask);
            due.add(ask.question());
            marked.signal();
        } finally {
            lock.unlock();
        }
    }

    /// A variable or service of that name has changed, in some namespace.
    void changed(Subject subject) {
        lock.lock();
        try {
            for (Ask ask : standing.values()) {
                if (subject.concerns(ask.inquiry())) {
                    due.add(ask.question());
                    marked.signal();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Changes may have been missed.
    void everythingMayHaveChanged() {
        lock.lock();
        try {
            due.addAll(standing.keySet());
            marked.signal();
        } finally {
            lock.unlock();
        }
    }

    /// What has changed.
    ///
    /// @param kind of variables, or allocations: services are what these offer
    record Subject(Kind kind, String name) {
        private boolean concerns(Inquiry inquiry) {
            return switch (inquiry) {
                case Inquiry.Variable(String path) -> kind == Kind.VARIABLE && path.equals(name);
                case Inquiry.Variables _ -> kind == Kind.VARIABLE;
                case Inquiry.Service(String service) ->
                        kind == Kind.ALLOCATION && service.equals(name);
                case Inquiry.Services _ -> kind == Kind.ALLOCATION;
            };
        }
    }

    /// Tells until the thread is interrupted.
    ///
    /// @throws IOException when the link is gone
    void run() throws IOException, InterruptedException {
        while (true) {
            for (Ask ask : take()) {
                Knowledge now = known.about(ask);
                Optional<Knowledge> before = Optional.ofNullable(told.put(ask.question(), now));
                if (!before.equals(Optional.of(now))) {
                    outbox.sendAndWait(new ToNode.Told(ask.question(), now));
                }
                if (!known.stands(ask)) {
                    forget(ask);
                }
            }
        }
    }

    private void forget(Ask ask) {
        told.remove(ask.question());
        lock.lock();
        try {
            standing.remove(ask.question());
        } finally {
            lock.unlock();
        }
    }

    /// Waits for what is due and takes it all.
    private List<Ask> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (due.isEmpty()) {
                marked.await();
            }
            List<Ask> asks =
                    due.stream()
                            .map(standing::get)
                            .flatMap(ask -> Optional.ofNullable(ask).stream())
                            .toList();
            due.clear();
            told.keySet().retainAll(standing.keySet());
            return asks;
        } finally {
            lock.unlock();
        }
    }
}
