package dev.drover.node.jail.seccomp;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// The system calls of one machine: their names and numbers.
record Syscalls(Machine machine, SortedMap<Integer, String> names) {
    private static final String NONE = "-";

    Syscalls {
        names = Collections.unmodifiableSortedMap(new TreeMap<>(names));
    }

    /// Reads the columns of syscalls.txt.
    static Syscalls read(String table, Machine machine) {
        SortedMap<Integer, String> names = new TreeMap<>();
        table.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" ", -1))
                .filter(words -> !words[machine.column()].equals(NONE))
                .forEach(words -> names.put(Integer.valueOf(words[machine.column()]), words[0]));
        return new Syscalls(machine, names);
    }
}
