package dev.drover.node.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One process for ever: a pid alone is given to another process later, so it is kept together with
/// when the process started and during which boot of the machine.
///
/// @param startTicks field 22 of /proc/PID/stat: clock ticks since boot
public record ProcessIdentity(int pid, long startTicks, String bootId) {

    private static final int START_TICKS = 19;

    /// States of a process that has ended: zombie, and being removed.
    private static final Set<String> DEAD = Set.of("Z", "X");

    /// What ESRCH is called.
    private static final String GONE = "No such process";

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /// The id of this boot.
    public static String currentBoot() throws IOException {
        return Files.readString(BOOT_ID).strip();
    }

    /// Whoever has this pid now, be it as a zombie; empty when nobody has.
    public static Optional<ProcessIdentity> of(int pid) throws IOException {
        Optional<List<String>> stat = stat(pid);
        if (stat.isEmpty()) {
            return Optional.empty();
        }
        long start = Long.parseLong(stat.get().get(START_TICKS));
        return Optional.of(new ProcessIdentity(pid, start, currentBoot()));
    }

    /// Reads the three words that [#toString] writes; empty when they are not three.
    public static Optional<ProcessIdentity> parse(String text) {
        String[] words = text.strip().split(" ", -1);
        try {
            return words.length == 3
                    ? Optional.of(
                            new ProcessIdentity(
                                    Integer.parseInt(words[0]), Long.parseLong(words[1]), words[2]))
                    : Optional.empty();
        } catch (NumberFormatException notOurs) {
            return Optional.empty();
        }
    }

    /// Whether this very process still runs. A zombie does not.
    public boolean alive() throws IOException {
        return stat(pid).filter(s -> !DEAD.contains(s.getFirst())).isPresent() && present();
    }

    /// Whether this very process still has its pid, be it as a zombie.
    boolean present() throws IOException {
        return of(pid).filter(this::equals).isPresent();
    }

    /// `pid startTicks bootId`.
    @Override
    public String toString() {
        return pid + " " + startTicks + " " + bootId;
    }

    /// The fields after the program's name, which may itself hold blanks and parentheses: state,
    /// ppid, pgrp, session, and so on. Empty when there is no such process.
    static Optional<List<String>> stat(int pid) throws IOException {
        try {
            String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return Optional.of(List.of(line.substring(line.lastIndexOf(')') + 2).split(" ", -1)));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains(GONE)) {
                return Optional.empty(); // in the middle of reading it
            }
            throw e;
        }
    }
}
