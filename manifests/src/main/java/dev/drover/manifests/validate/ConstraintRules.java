package dev.drover.manifests.validate;

import com.google.re2j.PatternSyntaxException;
import dev.drover.manifests.model.Affinity;
import dev.drover.manifests.model.Constraint;
import dev.drover.manifests.model.DeviceRequest;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Resources;
import dev.drover.manifests.model.Spread;
import dev.drover.manifests.model.SpreadTarget;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

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

    /// What a version is compared with: several, separated by commas, all of which must hold.
    private static final Pattern VERSION =
            Pattern.compile(
                    "\\s*(?:=|!=|>=|<=|>|<|~>|)\\s*v?[0-9]{1,18}(?:\\.[0-9]{1,18}){0,7}"
                            + "(?:-?[A-Za-z][0-9A-Za-z.~-]*|-[0-9][0-9A-Za-z.~-]*)?"
                            + "(?:\\+[0-9A-Za-z.~-]*)?\\s*");

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
            devices(part, report);
        }
    }

    private static void devices(Parts.TaskPart part, Report report) {
        List<DeviceRequest> devices =
                part.task().resources().map(Resources::devices).orElse(List.of());
        for (int i = 0; i < devices.size(); i++) {
            Path path =
                    part.path()
                            .field("resources")
                            .item("devices", i, "device", devices.get(i).name());
            constraints(devices.get(i).constraints(), path, report);
            affinities(devices.get(i).affinities(), path, report);
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
        value.filter(text -> !text.contains("${"))
                .ifPresent(text -> form(word, text, path.field("value"), report));
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

    /// What an operator can compare with.
    private static void form(String operator, String value, Path path, Report report) {
        switch (operator) {
            case "regexp" -> pattern(value, path, report);
            case "version", "semver" -> versions(operator, value, path, report);
            case "distinct_property" -> {
                if (!value.isEmpty() && !value.matches("0*[1-9][0-9]{0,8}")) {
                    report.add(
                            Code.INVALID_VALUE,
                            path,
                            "\"" + value + "\" is no number of copies",
                            "the value says how many copies may share one value of the property",
                            "write a number from 1, or leave the value out for 1");
                }
            }
            default -> {} // any text
        }
    }

    private static void pattern(String value, Path path, Report report) {
        try {
            com.google.re2j.Pattern.compile(value);
        } catch (PatternSyntaxException e) {
            report.add(
                    Code.INVALID_VALUE,
                    path,
                    "\"" + value + "\" is no pattern: " + e.getDescription(),
                    "no node could match it, so the job would wait",
                    "write it as RE2 has it: no look-around, no references back");
        }
    }

    private static void versions(String operator, String value, Path path, Report report) {
        for (String one : value.split(",", -1)) {
            boolean near = operator.equals("semver") && one.contains("~>");
            if (near || !VERSION.matcher(one).matches()) {
                report.add(
                        Code.INVALID_VALUE,
                        path,
                        "\"" + one.strip() + "\" compares with no version",
                        near
                                ? "Semantic Versioning knows no ~>"
                                : "no node could match it, so the job would wait",
                        near
                                ? "write operator = \"version\", or two bounds: >= 1.2, < 2"
                                : "write >= 1.2, < 2");
            }
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
