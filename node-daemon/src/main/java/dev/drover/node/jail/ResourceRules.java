package dev.drover.node.jail;

import dev.drover.manifests.model.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The `rctl` block: rules `RESOURCE { action = "deny", amount = "64M", per = "process" }`.
///
/// @param limits what Linux limits, the task's resources included
/// @param rules what rctl(8) is told on FreeBSD
record ResourceRules(Limits limits, List<String> rules) {
    private static final Pattern AMOUNT = Pattern.compile("([0-9]+)([kmgtKMGT]?)");
    private static final Set<String> SUBJECTS = Set.of("", "jail", "process");
    private static final Set<String> ONLY_TOLD = Set.of("log", "devctl");
    private static final String KILL = "sigkill";

    /// Processes and threads of a jail whose task does not say: many, but no fork bomb.
    private static final int PIDS_MAX = 4096;

    ResourceRules {
        rules = List.copyOf(rules);
    }

    /// One rule; the amount in bytes or pieces.
    private record Rule(JailResource resource, String action, long amount, String per) {}

    static ResourceRules read(Settings settings, Platform platform, Limits granted) {
        List<Rule> rules = new ArrayList<>();
        settings.fields(JailKey.RCTL)
                .forEach((name, value) -> rule(settings, name, value).ifPresent(rules::add));
        return switch (platform) {
            case FREEBSD -> new ResourceRules(granted, words(settings, rules, granted));
            case LINUX -> new ResourceRules(limits(settings, rules, granted), List.of());
        };
    }

    private static Optional<Rule> rule(Settings settings, String name, Value value) {
        Optional<JailResource> resource = JailResource.named(name);
        Optional<Map<String, Value>> fields = Settings.fields(value);
        if (resource.isEmpty() || fields.isEmpty()) {
            settings.refuse(
                    JailKey.RCTL,
                    resource.isEmpty() ? name + " is not a resource" : name + " must be a block");
            return Optional.empty();
        }
        Map<String, String> texts = new TreeMap<>();
        fields.get()
                .forEach((key, field) ->
                        text(field)
                                .ifPresent(text -> texts.put(key.toLowerCase(Locale.ROOT), text)));
        Matcher amount = AMOUNT.matcher(texts.getOrDefault("amount", ""));
        String per = texts.getOrDefault("per", "").toLowerCase(Locale.ROOT);
        if (!amount.matches() || !SUBJECTS.contains(per)) {
            settings.refuse(
                    JailKey.RCTL,
                    name + " needs an `amount` like 100 or 64M, and `per` may be jail or process");
            return Optional.empty();
        }
        String action = texts.getOrDefault("action", "deny").toLowerCase(Locale.ROOT);
        return Optional.of(new Rule(resource.get(), action, bytes(amount), per));
    }

    private static Optional<String> text(Value value) {
        return switch (value) {
            case Value.Text(String text) -> Optional.of(text);
            case Value.Num(BigDecimal number) -> Optional.of(number.toPlainString());
            case Value.Bool _, Value.Nothing _, Value.Items _, Value.Fields _ -> Optional.empty();
        };
    }

    private static long bytes(Matcher amount) {
        int power = " kmgt".indexOf(amount.group(2).toLowerCase(Locale.ROOT).concat(" ").charAt(0));
        return Long.parseLong(amount.group(1)) << (10 * power);
    }

    /// `memoryuse:deny=67108864/process`, and the memory of the task's resources.
    private static List<String> words(Settings settings, List<Rule> rules, Limits granted) {
        List<String> words = new ArrayList<>();
        granted.memoryBytes().ifPresent(bytes -> words.add("memoryuse:" + KILL + "=" + bytes));
        for (Rule rule : rules) {
            boolean timed =
                    rule.resource() == JailResource.CPUTIME
                            || rule.resource() == JailResource.WALLCLOCK;
            if (timed && rule.action().equals("deny")) {
                settings.refuse(
                        JailKey.RCTL, rule.resource().word() + " cannot be denied, only signalled");
            }
            String per = rule.per().isEmpty() ? "" : "/" + rule.per();
            words.add(rule.resource().word() + ":" + rule.action() + "=" + rule.amount() + per);
        }
        return words;
    }

    private static Limits limits(Settings settings, List<Rule> rules, Limits granted) {
        SortedMap<String, Long> perProcess = new TreeMap<>(granted.perProcess());
        SortedSet<String> demanded = new TreeSet<>(granted.demanded());
        Optional<Long> memory = granted.memoryBytes();
        Optional<Long> swap = granted.swapBytes();
        Optional<Integer> percent = granted.cpuPercent();
        Optional<Integer> pids = granted.pidsMax();
        for (Rule rule : rules) {
            if (!enforceable(settings, rule)) {
                continue;
            }
            Optional<String> each = rule.resource().perProcess();
            if (each.isPresent()) {
                perProcess.merge(each.get(), rule.amount(), Math::min);
                continue;
            }
            switch (rule.resource()) {
                case MEMORYUSE -> {
                    memory = Optional.of(Math.min(rule.amount(), memory.orElse(Long.MAX_VALUE)));
                    demanded.add("memory");
                }
                case SWAPUSE -> {
                    swap = Optional.of(rule.amount());
                    demanded.add("memory");
                }
                case PCPU -> {
                    percent = Optional.of((int) rule.amount());
                    demanded.add("cpu");
                }
                case MAXPROC, NTHR -> {
                    pids =
                            Optional.of(
                                    (int) Math.min(rule.amount(), pids.orElse(Integer.MAX_VALUE)));
                    demanded.add("pids");
                }
                default -> throw new IllegalStateException(rule + " was enforceable");
            }
        }
        Optional<Integer> most = Optional.of(pids.orElse(PIDS_MAX));
        return new Limits(
                memory,
                swap,
                granted.cpuMhz(),
                percent,
                most,
                granted.cores(),
                perProcess,
                demanded);
    }

    /// Refuses what Linux cannot do, and warns of what it does in another way.
    private static boolean enforceable(Settings settings, Rule rule) {
        String word = "rctl." + rule.resource().word();
        if (rule.resource().refused().isPresent()) {
            settings.refuse(JailKey.RCTL, word + ": " + rule.resource().refused().get());
            return false;
        }
        if (ONLY_TOLD.contains(rule.action())) {
            settings.warn(JailKey.RCTL, word + " only tells; Linux enforces or does nothing");
            return false;
        }
        boolean kills =
                rule.resource() == JailResource.MEMORYUSE
                        || rule.resource() == JailResource.CPUTIME;
        boolean does =
                rule.action().equals("deny")
                        || (kills && rule.action().startsWith("sig"))
                        || (rule.resource() == JailResource.PCPU
                                && rule.action().equals("throttle"));
        if (!does) {
            settings.refuse(JailKey.RCTL, word + ": Linux cannot " + rule.action() + " it");
            return false;
        }
        if (rule.resource().perProcess().isPresent() && !rule.per().equals("process")) {
            settings.warn(JailKey.RCTL, word + " counts for each process, not for the jail");
        }
        if (rule.resource().perProcess().isEmpty() && rule.per().equals("process")) {
            settings.refuse(
                    JailKey.RCTL, word + ": Linux counts it for the jail, not for each process");
            return false;
        }
        return true;
    }
}
