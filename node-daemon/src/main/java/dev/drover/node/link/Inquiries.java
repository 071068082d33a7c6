package dev.drover.node.link;

import dev.drover.manifests.wire.FromNode;
import dev.drover.manifests.wire.FromNode.Ask;
import dev.drover.manifests.wire.Inquiry;
import dev.drover.manifests.wire.Knowledge;
import dev.drover.manifests.wire.ToNode.Told;
import dev.drover.manifests.wire.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// What the tasks of this node want to know of the cluster. A question is asked once: the server
/// tells the answer again when it changes, so that looking costs nothing. While the link is gone
/// the newest answer counts.
public final class Inquiries {
    /// A server that is busy with a thousand nodes answers within this time.
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    /// A task that asks.
    public record Asker(String namespace, String allocation, String task) {}

    private record Question(Asker asker, Inquiry inquiry) {
        Ask numbered(long number) {
            return new Ask(number, asker.namespace(), asker.allocation(), asker.task(), inquiry);
        }
    }

    /// Where messages go.
    @FunctionalInterface
    interface Line {
        void say(FromNode message) throws IOException;
    }

    private final Predicate<String> wanted;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private final Map<Question, Long> standing = new LinkedHashMap<>();
    private final Map<Long, Knowledge> known = new LinkedHashMap<>();
    private Optional<Line> line = Optional.empty();
    private long last;

    /// Questions of allocations that are not `wanted` any more make room for others.
    public Inquiries(Predicate<String> wanted) {
        this.wanted = wanted;
    }

    /// The newest answer, waited for when the question is new. Empty when the server has never
    /// answered it and cannot be asked.
    public Optional<Knowledge> ask(Asker asker, Inquiry inquiry) throws InterruptedException {
        Question question = new Question(asker, inquiry);
        lock.lockInterruptibly();
        try {
            long number = number(question);
            long nanos = ANSWER_MAX.toNanos();
            while (!known.containsKey(number) && line.isPresent() && nanos > 0) {
                nanos = told.awaitNanos(nanos);
            }
            return Optional.ofNullable(known.get(number));
        } finally {
            lock.unlock();
        }
    }

    private long number(Question question) {
        Optional<Long> before = Optional.ofNullable(standing.get(question));
        if (before.isPresent()) {
            return before.get();
        }
        last++;
        if (standing.size() == Wire.QUESTIONS_MAX) {
            tidy();
        }
        if (standing.size() < Wire.QUESTIONS_MAX) {
            standing.put(question, last);
            say(question.numbered(last));
        }
        return last;
    }

    /// A link that fails here has ended: the next one asks again.
    private void say(Ask ask) {
        try {
            if (line.isPresent()) {
                line.get().say(ask);
            }
        } catch (IOException gone) {
            line = Optional.empty();
        }
    }

    private void tidy() {
        standing.keySet().removeIf(question -> !wanted.test(question.asker().allocation()));
        known.keySet().retainAll(standing.values());
    }

    /// Asks everything that stands.
    void linked(Line to) {
        lock.lock();
        try {
            line = Optional.of(to);
            tidy();
            standing.forEach((question, number) -> say(question.numbered(number)));
        } finally {
            lock.unlock();
        }
    }

    void unlinked() {
        lock.lock();
        try {
            line = Optional.empty();
            told.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void told(Told answer) {
        lock.lock();
        try {
            if (standing.containsValue(answer.question())) {
                known.put(answer.question(), answer.knowledge());
                told.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}
