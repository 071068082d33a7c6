package dev.drover.manifests.validate;

import dev.drover.manifests.model.EphemeralDisk;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Scaling;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.Value;
import dev.drover.manifests.shape.Component;
import dev.drover.manifests.shape.Durations;
import dev.drover.manifests.shape.FieldNames;
import dev.drover.manifests.shape.RecordShape;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How many, how much and how long.
final class CountRules {
    /// Copies of all groups of a job together; one decision is looked at as a whole.
    private static final int COUNT_MAX = 50_000;

    /// Copies that are placed all at once or not at all: what one transaction holds.
    private static final int TOGETHER_MAX = 2_000;

    private static final int PRIORITY_MAX = 100;
    private static final int DISK_MIN_MIB = 10;

    private CountRules() {}

    static void check(Job job, Report report) {
        int priority = job.spec().priority().orElse(1);
        if (priority < 1 || priority > PRIORITY_MAX) {
            report.add(
                    Code.OUT_OF_RANGE,
                    Path.ROOT.field("priority"),
                    "the priority is between 1 and " + PRIORITY_MAX + ", not " + priority,
                    "");
        }
        long sum = 0;
        for (Parts.GroupPart part : Parts.groups(job)) {
            sum += part.group().count().orElse(1);
            group(job.spec().type().orElse(JobType.SERVICE), part, report);
        }
        together(job, sum, report);
        if (sum > COUNT_MAX) {
            report.add(
                    Code.OUT_OF_RANGE,
                    Path.ROOT,
                    "the groups' counts add up to " + sum + ", and a job may have " + COUNT_MAX,
                    "make several jobs of it");
        }
    }

    /// No time can be negative, whatever it is for. Looks at what was written, not at defaults or
    /// what groups have from their job.
    static void times(Job job, Report report) {
        times(job.spec(), Path.ROOT, report);
    }

    private static void times(Record of, Path path, Report report) {
        for (Component component : RecordShape.of(of.getClass()).components()) {
            Object read = component.read(of);
            Object value =
                    read instanceof Optional<?> some
                            ? some.map(Object.class::cast).orElse(List.of())
                            : read;
            Path here = path.field(component.name());
            switch (value) {
                case Duration time when time.isNegative() ->
                        report.add(
                                Code.OUT_OF_RANGE,
                                here,
                                "a time cannot be negative: " + Durations.text(time),
                                "");
                case Value _ -> {} // without a schema
                case Record inner -> times(inner, here, report);
                case List<?> items -> {
                    for (int i = 0; i < items.size(); i++) {
                        if (items.get(i) instanceof Record item && !(item instanceof Value)) {
                            String word = FieldNames.singular(component.name());
                            times(item, path.item(component.name(), i, word), report);
                        }
                    }
                }
                default -> {} // no time
            }
        }
    }

    private static void together(Job job, long sum, Report report) {
        if (job.spec().allAtOnce().orElse(false) && sum > TOGETHER_MAX) {
            report.add(
                    Code.OUT_OF_RANGE,
                    Path.ROOT.field("allAtOnce"),
                    "%d copies cannot be placed all at once, but at most %d"
                            .formatted(sum, TOGETHER_MAX),
                    "they are written in one transaction, which holds no more",
                    "leave all_at_once out, or make several jobs of it");
        }
    }

    private static void group(JobType type, Parts.GroupPart part, Report report) {
        TaskGroup group = part.group();
        Path at = part.path().field("count");
        int count = group.count().orElse(1);
        boolean everywhere = type.everywhere();
        if (count < 0) {
            report.add(Code.OUT_OF_RANGE, at, "the count cannot be negative", "");
        } else if (everywhere && count > 1) {
            report.add(
                    Code.NOT_FOR_THIS_TYPE,
                    at,
                    "the count is 0 or 1, not " + count,
                    "a job of this type has one copy on every node",
                    "remove the count");
        }
        disk(part, group.ephemeralDisk(), report);
        group.scaling().ifPresent(scaling -> scaling(part, scaling, count, report));
    }

    private static void disk(Parts.GroupPart part, Optional<EphemeralDisk> disk, Report report) {
        int size = disk.flatMap(EphemeralDisk::sizeMib).orElse(DISK_MIN_MIB);
        if (size < DISK_MIN_MIB) {
            report.add(
                    Code.OUT_OF_RANGE,
                    part.path().field("ephemeralDisk").field("sizeMib"),
                    "the size is at least " + DISK_MIN_MIB + " (MiB), not " + size,
                    "");
        }
    }

    private static void scaling(Parts.GroupPart part, Scaling scaling, int count, Report report) {
        Path at = part.path().field("scaling");
        if (scaling.max().isEmpty()) {
            report.add(
                    Code.MISSING_FIELD, at, "max is required", "say up to which count it may go");
            return;
        }
        int max = scaling.max().get();
        int min = scaling.min().orElse(0);
        if (min > max) {
            report.add(Code.CONTRADICTION, at, "min = " + min + ", but max = " + max, "swap them");
        } else if (count > max || count < min) {
            report.add(
                    Code.CONTRADICTION,
                    at,
                    "count = " + count + " is not between min = " + min + " and max = " + max,
                    "set a count within its bounds");
        }
    }
}
