package dev.drover.node.jail.seccomp;

import dev.drover.node.jail.seccomp.Verdict.Condition;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A profile in words, and the table of numbers that belongs to it. See default.profile for the
/// language. A line that is not understood is a bug in the profile and throws.
public final class Profile {
    private static final int EPERM = 1;
    private static final String WHEN = " when argument ";

    private final String table;
    private final Set<String> always = new HashSet<>();
    private final Map<String, Set<String>> granting = new HashMap<>();
    private final Map<String, List<Condition>> conditions = new HashMap<>();
    private final Map<String, Integer> errnos = new HashMap<>();

    private Profile(String text, String table) {
        this.table = table;
        text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).forEach(this::read);
        Set<String> known = new HashSet<>();
        table.lines().forEach(line -> known.add(line.substring(0, line.indexOf(' '))));
        for (String name : names()) {
            if (!known.contains(name)) {
                throw new IllegalStateException("the profile names an unknown call: " + name);
            }
        }
    }

    /// The profile that every task gets.
    public static Profile standard() {
        return new Profile(resource("default.profile"), resource("syscalls.txt"));
    }

    static Profile of(String text) {
        return new Profile(text, resource("syscalls.txt"));
    }

    private static String resource(String name) {
        try (InputStream in = Profile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("reading " + name + " from the program", e);
        }
    }

    private void read(String line) {
        int when = line.indexOf(WHEN);
        if (when >= 0) {
            String name = line.substring("allow ".length(), when);
            conditions
                    .computeIfAbsent(name, _ -> new ArrayList<>())
                    .add(condition(line.substring(when + WHEN.length()).split(" ", -1)));
            return;
        }
        List<String> words = Arrays.asList(line.split(" ", -1));
        switch (words.getFirst()) {
            case "allow" -> always.addAll(words.subList(1, words.size()));
            case "with" -> {
                for (String name : words.subList(3, words.size())) {
                    granting.computeIfAbsent(name, _ -> new HashSet<>()).add(words.get(1));
                }
            }
            case "refuse" -> {
                for (String name : words.subList(2, words.size())) {
                    errnos.put(name, Integer.valueOf(words.get(1)));
                }
            }
            default -> throw new IllegalStateException("the profile has no verb in: " + line);
        }
    }

    /// `0 & 7e020000 == 0`
    private static Condition condition(String[] words) {
        return new Condition(
                Integer.parseInt(words[0]),
                Integer.parseUnsignedInt(words[2], 16),
                Integer.parseUnsignedInt(words[4], 16),
                words[3].equals("=="));
    }

    private Set<String> names() {
        Set<String> names = new HashSet<>(always);
        names.addAll(granting.keySet());
        names.addAll(conditions.keySet());
        names.addAll(errnos.keySet());
        return names;
    }

    Syscalls syscalls(Machine machine) {
        return Syscalls.read(table, machine);
    }

    /// What happens to a call. What is denied stays denied; otherwise the most generous line wins.
    Verdict verdict(String name, Wishes wishes) {
        int errno = Optional.ofNullable(errnos.get(name)).orElse(EPERM);
        if (wishes.denied().contains(name)) {
            return new Verdict.Fail(errno);
        }
        boolean granted =
                granting.getOrDefault(name, Set.of()).stream().anyMatch(wishes.granted()::contains);
        if (granted || always.contains(name)) {
            return new Verdict.Allow();
        }
        List<Condition> any = conditions.getOrDefault(name, List.of());
        return any.isEmpty() ? new Verdict.Fail(errno) : new Verdict.AllowWhen(any, errno);
    }
}
