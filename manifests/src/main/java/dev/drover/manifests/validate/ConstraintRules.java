package dev.drover.manifests.validate;

import dev.drover.manifests.model.Affinity;
import dev.drover.manifests.model.Constraint;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Spread;
import dev.drover.manifests.model.SpreadTarget;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Constraints, affinities and spreads.
final class ConstraintRules {
    private static final List<String> OPERATORS =
            List.of(
                    "=",
                    "==",
                    "is",
                    "!=",
                    "not",
                    "<",
                    "<=",
                    ">",
                    ">=",
                    "version",
                    "semver",
                    "regexp",
                    "set_contains",
                    "set_contains_all",
                    "set_contains_any",
                    "is_set",
                    "is_not_set",
                    "distinct_hosts",
                    "distinct_property");
    private static final Set<String> DISTINCT = Set.of("distinct_hosts", "distinct_property");
    private static final Set<String> ONE_SIDED =
            Set.of("distinct_hosts", "distinct_property", "is_set", "is_not_set");

    private ConstraintRules() {}

    static void check(Job job, Report report) {
        constraints(job.spec().constraints(), Path.ROOT, report);
        affinities(job.spec().affinities(), Path.ROOT, report);
        spreads(job.spec().spreads(), Path.ROOT, report);
        for (Parts.GroupPart part : Parts.groups(job)) {
            constraints(part.group().constraints(), part.path(), report);
            affinities(part.group().affinities(), part.path(), report);
            spreads(part.group().spreads(), part.path(), report);
        }
        for (Parts.TaskPart part : Parts.tasks(job)) {
            constraints(part.task().constraints(), part.path(), report);
            affinities(part.task().affinities(), part.path(), report);
            distinct(part, report);
        }
    }

    private static void constraints(List<Constraint> all, Path around, Report report) {
        for (int i = 0; i < all.size(); i++) {
            Constraint constraint = all.get(i);
            Path path = around.item("constraints", i, "constraint");
            sides(constraint.operator(), constraint.attribute(), constraint.value(), path, report);
        }
    }

    private static void affinities(List<Affinity> all, Path around, Report report) {
        for (int i = 0; i < all.size(); i++) {
            Affinity affinity = all.get(i);
            Path path = around.item("affinities", i, "affinity");
            sides(affinity.operator(), affinity.attribute(), affinity.value(), path, report);
            int weight = affinity.weight().orElse(50);
            if (weight < -100 || weight > 100 || weight == 0) {
                report.add(
                        Code.OUT_OF_RANGE,
                        path.field("weight"),
                        weight == 0
                                ? "a weight of 0 says nothing"
                                : "the weight is between -100 and 100, not " + weight,
                        "");
            }
        }
    }

    private static void sides(
            Optional<String> operator,
            Optional<String> attribute,
            Optional<String> value,
            Path path,
            Report report) {
        String word = operator.orElse("=");
        Word.check(word, OPERATORS, path.field("operator"), report);
        if (!OPERATORS.contains(word) || ONE_SIDED.contains(word)) {
            return;
        }
        if (attribute.isEmpty()) {
            report.add(
                    Code.MISSING_FIELD,
                    path,
                    "there is no attribute to compare",
                    "write attribute = \"${attr.…}\"");
        }
        if (value.isEmpty()) {
            report.add(
                    Code.MISSING_FIELD,
                    path,
                    "there is no value to compare with",
                    "write value = …");
        }
    }

    private static void distinct(Parts.TaskPart part, Report report) {
        List<Constraint> all = part.task().constraints();
        for (int i = 0; i < all.size(); i++) {
            String operator = all.get(i).operator().orElse("=");
            if (DISTINCT.contains(operator)) {
                report.add(
                        Code.INVALID_VALUE,
                        part.path().item("constraints", i, "constraint"),
                        operator + " is for jobs and groups",
                        "tasks of one group are always on one node",
                        "move the constraint into the group");
            }
        }
    }

    private static void spreads(List<Spread> all, Path around, Report report) {
        for (int i = 0; i < all.size(); i++) {
            Spread spread = all.get(i);
            Path path = around.item("spreads", i, "spread");
            if (spread.attribute().isEmpty()) {
                report.add(Code.MISSING_FIELD, path, "attribute is required", "");
            }
            int weight = spread.weight().orElse(50);
            if (weight < 1 || weight > 100) {
                report.add(
                        Code.OUT_OF_RANGE,
                        path.field("weight"),
                        "the weight is between 1 and 100, not " + weight,
                        "");
            }
            int sum =
                    spread.targets().stream()
                            .map(SpreadTarget::percent)
                            .mapToInt(percent -> percent.orElse(0))
                            .sum();
            if (sum > 100) {
                report.add(
                        Code.OUT_OF_RANGE,
                        path,
                        "the percents add up to " + sum + ", which is more than 100",
                        "");
            }
        }
    }
}
