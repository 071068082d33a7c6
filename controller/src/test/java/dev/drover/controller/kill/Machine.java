package dev.drover.controller.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What really runs on this machine, seen without asking the program.
final class Machine {
    private Machine() {}

    /// Processes that are the shell of a task with this mark as an argument of its own. Its
    /// children look like it until they have become another program: those are left out.
    static SortedSet<Long> tasks(String mark) {
        SortedSet<Long> found = new TreeSet<>();
        ProcessHandle.allProcesses()
                .filter(p -> isTask(p.pid(), mark))
                .filter(p -> p.parent().filter(q -> isTask(q.pid(), mark)).isEmpty())
                .forEach(p -> found.add(p.pid()));
        return found;
    }

    /// Every process with this mark anywhere, supervisors included.
    static long withMark(String mark) {
        return ProcessHandle.allProcesses()
                .filter(p -> commandLine(p.pid()).contains(mark))
                .count();
    }

    private static boolean isTask(long pid, String mark) {
        String[] words = commandLine(pid).split("\0");
        return words.length == 4
                && words[0].equals("/bin/sh")
                && words[1].equals("-c")
                && words[3].equals(mark);
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(
                    Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return ""; // it has ended meanwhile
        }
    }

    /// Files beneath a folder whose path holds a text.
    static long filesOf(Path folder, String text) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(p -> folder.relativize(p).toString().contains(text)).count();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
