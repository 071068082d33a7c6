package dev.drover.controller.cli;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.GroupSummary;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.TaskGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What runs of a job against what should.
final class Reality {
    private Reality() {}

    /// A line for each difference: missing, surplus, wrong version, failed. Nothing when all is as
    /// it should be.
    static List<String> of(Job job, List<Allocation> allocations) {
        var sight = new Sight(job, Optional.empty(), Optional.empty(), allocations);
        var lines = new ArrayList<String>();
        for (TaskGroup group : job.spec().groups()) {
            String name = "job/" + job.metadata().name() + " group \"" + group.name() + "\": ";
            List<Allocation> ours = of(group, allocations);
            List<Allocation> live = ours.stream().filter(Allocation::live).toList();
            count(lines, name, wanted(job, group, ours) - live.size(), "missing", "surplus");
            int version = job.status().version();
            versions(live)
                    .forEach((number, count) -> {
                        if (number != version) {
                            lines.add(
                                    "~ %s%d of version %d, not %d"
                                            .formatted(name, count, number, version));
                        }
                    });
            of(group, sight.current()).stream()
                    .filter(a -> a.status().phase() == AllocationPhase.FAILED)
                    .forEach(a -> lines.add("! " + name + failure(a)));
        }
        return List.copyOf(lines);
    }

    private static SortedMap<Integer, Long> versions(List<Allocation> live) {
        return live.stream()
                .collect(
                        Collectors.groupingBy(
                                a -> a.spec().jobVersion(), TreeMap::new, Collectors.counting()));
    }

    private static List<Allocation> of(TaskGroup group, List<Allocation> allocations) {
        return allocations.stream().filter(a -> a.spec().group().equals(group.name())).toList();
    }

    /// How many should live now. What ends by itself and has ended need not; what is only launched
    /// has no copies of its own; what goes to every node the scheduler has counted.
    private static int wanted(Job job, TaskGroup group, List<Allocation> ours) {
        JobType type = job.type();
        int live = (int) ours.stream().filter(Allocation::live).count();
        if (job.stopped() || job.template()) {
            return 0;
        }
        return switch (type) {
            case SYSTEM ->
                    Optional.ofNullable(job.status().groups().get(group.name()))
                            .map(GroupSummary::desired)
                            .orElse(live);
            case SYSBATCH -> live;
            case SERVICE -> group.count().orElse(1);
            case BATCH -> {
                long complete =
                        new Sight(job, Optional.empty(), Optional.empty(), ours)
                                .current().stream()
                                        .filter(a -> a.status().phase() == AllocationPhase.COMPLETE)
                                        .count();
                yield Math.max(live, group.count().orElse(1) - (int) complete);
            }
        };
    }

    private static void count(
            List<String> lines, String name, int missing, String less, String more) {
        if (missing > 0) {
            lines.add("- " + name + missing + " " + less);
        } else if (missing < 0) {
            lines.add("+ " + name + -missing + " " + more);
        }
    }

    private static String failure(Allocation allocation) {
        return "allocation \""
                + Ids.brief(allocation.id())
                + "\" failed: "
                + allocation.status().because();
    }
}
