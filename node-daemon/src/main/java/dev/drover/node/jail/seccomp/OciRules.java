package dev.drover.node.jail.seccomp;

import dev.drover.manifests.tree.Position;
import dev.drover.manifests.tree.Tree;
import dev.drover.node.jail.seccomp.Verdict.Condition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A profile as runtimes of OCI want it: `linux.seccomp` of their config.
final class OciRules {
    private static final int EPERM = 1;

    /// There are fewer address families, and fewer will do for long. What is beyond them the kernel
    /// refuses itself.
    private static final int FAMILIES = 64;

    private OciRules() {}

    static Tree of(Profile profile, Machine machine, Wishes wishes) {
        List<Tree> allowed = new ArrayList<>();
        SortedMap<Integer, List<Tree>> failing = new TreeMap<>();
        List<Tree> rules = new ArrayList<>();
        for (String name : new TreeMap<>(byName(profile, machine)).keySet()) {
            switch (profile.verdict(name, wishes)) {
                case Verdict.Allow() -> allowed.add(text(name));
                case Verdict.Fail(int errno) -> {
                    if (errno != EPERM) {
                        failing.computeIfAbsent(errno, _ -> new ArrayList<>()).add(text(name));
                    }
                }
                case Verdict.AllowWhen(List<Condition> any, int errno) -> {
                    any.forEach(condition -> rules.addAll(when(name, condition)));
                    if (errno != EPERM) {
                        throw new IllegalStateException(
                                "OCI has one number for a call: " + name + " has two");
                    }
                }
            }
        }
        rules.addFirst(rule(allowed, "SCMP_ACT_ALLOW"));
        failing.forEach((errno, names) ->
                rules.add(rule(names, "SCMP_ACT_ERRNO", field("errnoRet", number(errno)))));
        return object(
                field("defaultAction", text("SCMP_ACT_ERRNO")),
                field("defaultErrnoRet", number(EPERM)),
                field("architectures", list(List.of(text(architecture(machine))))),
                field("syscalls", list(rules)));
    }

    private static SortedMap<String, Integer> byName(Profile profile, Machine machine) {
        SortedMap<String, Integer> names = new TreeMap<>();
        profile.syscalls(machine).names().forEach((number, name) -> names.put(name, number));
        return names;
    }

    private static String architecture(Machine machine) {
        return switch (machine) {
            case X86_64 -> "SCMP_ARCH_X86_64";
            case AARCH64 -> "SCMP_ARCH_AARCH64";
        };
    }

    /// Comparisons look at all 64 bits, but for masked ones; the kernel looks at 32. So "all but
    /// one" is each of the others.
    private static List<Tree> when(String name, Condition condition) {
        List<Tree> rules = new ArrayList<>();
        if (condition.equal()) {
            rules.add(masked(name, condition, condition.value()));
            return rules;
        }
        for (int value = 0; value < FAMILIES; value++) {
            if (value != condition.value()) {
                rules.add(masked(name, condition, value));
            }
        }
        return rules;
    }

    private static Tree masked(String name, Condition condition, int value) {
        return rule(
                List.of(text(name)),
                "SCMP_ACT_ALLOW",
                field(
                        "args",
                        list(
                                List.of(
                                        object(
                                                field("index", number(condition.argument())),
                                                field("value", unsigned(condition.mask())),
                                                field("valueTwo", unsigned(value)),
                                                field("op", text("SCMP_CMP_MASKED_EQ")))))));
    }

    private static Tree rule(List<Tree> names, String action, Tree.Field... more) {
        List<Tree.Field> fields = new ArrayList<>();
        fields.add(field("names", list(names)));
        fields.add(field("action", text(action)));
        fields.addAll(List.of(more));
        return object(fields.toArray(Tree.Field[]::new));
    }

    private static Tree.Field field(String name, Tree value) {
        return new Tree.Field(Position.START, name, Tree.Form.ARGUMENT, value);
    }

    private static Tree object(Tree.Field... fields) {
        return new Tree.Block(Position.START, List.of(), List.of(fields));
    }

    private static Tree list(List<Tree> items) {
        return new Tree.Listing(Position.START, items);
    }

    private static Tree text(String text) {
        return new Tree.Text(Position.START, text);
    }

    private static Tree number(int number) {
        return new Tree.Num(Position.START, BigDecimal.valueOf(number));
    }

    private static Tree unsigned(int number) {
        return new Tree.Num(Position.START, BigDecimal.valueOf(Integer.toUnsignedLong(number)));
    }
}
