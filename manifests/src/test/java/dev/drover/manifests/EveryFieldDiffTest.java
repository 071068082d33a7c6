package dev.drover.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.diff.Diff;
import dev.drover.manifests.diff.Differ;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.shape.FieldNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Every field of a job is changed once, and the diff says of each that it has changed, and nothing
/// else.
class EveryFieldDiffTest {
    /// Fields that are the name of their block: another name is another block.
    private static final Set<String> NAMES = Set.of("name", "label", "value", "resource", "key");

    @Test
    void a_changed_field_is_the_difference_and_the_only_one() {
        JobSpec before = Filled.record(JobSpec.class, 3);
        List<Changed.One<JobSpec>> all = Changed.each(before);
        List<String> wrong = new ArrayList<>();
        int named = 0;
        for (Changed.One<JobSpec> one : all) {
            List<Diff> differences = Differ.jobs(before, one.record());
            List<List<String>> ways = ways(differences);
            if (renamed(one.way(), differences)) {
                named++;
            } else if (!ways.equals(List.of(expected(one.way())))) {
                wrong.add(one.way() + " is shown as " + ways);
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(all.size()).isGreaterThan(600);
        assertThat(named).isLessThan(40);
    }

    /// A block that came and one that went, side by side.
    private static boolean renamed(List<String> way, List<Diff> differences) {
        List<Diff> level = differences;
        while (level.size() == 1
                && level.getFirst() instanceof Diff.Part(_, _, _, List<Diff> inside)) {
            level = inside;
        }
        return NAMES.contains(way.getLast())
                && level.size() == 2
                && level.get(0) instanceof Diff.Part(_, Diff.Kind gone, _, _)
                && level.get(1) instanceof Diff.Part(_, Diff.Kind come, _, _)
                && gone == Diff.Kind.REMOVED
                && come == Diff.Kind.ADDED;
    }

    /// `groups [0] count` is `group count` there.
    private static List<String> expected(List<String> way) {
        List<String> expected = new ArrayList<>();
        for (String step : way) {
            if (step.equals("[0]")) {
                expected.set(expected.size() - 1, FieldNames.singular(expected.getLast()));
            } else {
                expected.add(step);
            }
        }
        return expected;
    }

    private static List<List<String>> ways(List<Diff> differences) {
        List<List<String>> ways = new ArrayList<>();
        for (Diff difference : differences) {
            String name = difference.name().replaceFirst(" \".*", "");
            switch (difference) {
                case Diff.Field _ -> ways.add(List.of(name));
                case Diff.Part(_, _, _, List<Diff> inside) ->
                        ways(inside)
                                .forEach(way -> {
                                    List<String> whole = new ArrayList<>(List.of(name));
                                    whole.addAll(way);
                                    ways.add(whole);
                                });
            }
        }
        return ways;
    }
}
