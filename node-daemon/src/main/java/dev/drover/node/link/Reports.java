package dev.drover.node.link;

import dev.drover.manifests.wire.AllocationReport;
import dev.drover.manifests.wire.FromNode.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the server has yet to hear. The newest word about an allocation replaces the older ones, so
/// this never holds more than one for each; it is kept until the server has stored it, over as many
/// links as that takes.
public final class Reports {
    /// Allocations in one report: keeps a message well below its limit after a long absence.
    private static final int ALLOCATIONS_MAX = 200;

    private final ReportNumbers numbers;
    private final Map<String, AllocationReport> waiting = new LinkedHashMap<>();
    private final Map<String, AllocationReport> sent = new LinkedHashMap<>();
    private long sentAs;

    /// With the next number from `numbers`.
    public Reports(ReportNumbers numbers) {
        this.numbers = numbers;
    }

    /// There is something new to say.
    public synchronized void add(AllocationReport report) {
        waiting.remove(report.id());
        waiting.put(report.id(), report);
        notifyAll();
    }

    /// A new link: what was sent on the old one may be lost.
    synchronized void startOver() {
        Map<String, AllocationReport> again = new LinkedHashMap<>(sent);
        again.putAll(waiting);
        waiting.clear();
        waiting.putAll(again);
        sent.clear();
    }

    /// Waits until there is something to say and the server has taken what was said before.
    ///
    /// @throws InterruptedException also when there is something: whoever is late on a link that
    ///   has ended would take it, and the next link wait for ever for a receipt
    synchronized Report next() throws InterruptedException {
        while (waiting.isEmpty() || !sent.isEmpty()) {
            wait();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        List<AllocationReport> some =
                new ArrayList<>(waiting.values().stream().limit(ALLOCATIONS_MAX).toList());
        for (AllocationReport report : some) {
            waiting.remove(report.id());
            sent.put(report.id(), report);
        }
        sentAs = numbers.next();
        return new Report(sentAs, some);
    }

    /// The server has stored every report up to this one.
    synchronized void taken(long sequence) {
        if (sequence >= sentAs) {
            sent.clear();
            notifyAll();
        }
    }
}
