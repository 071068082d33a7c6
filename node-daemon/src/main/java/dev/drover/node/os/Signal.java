package dev.drover.node.os;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// A signal by its name; the numbers are Linux's.
public enum Signal {
    SIGHUP(1),
    SIGINT(2),
    SIGQUIT(3),
    SIGABRT(6),
    SIGKILL(9),
    SIGUSR1(10),
    SIGUSR2(12),
    SIGALRM(14),
    SIGTERM(15),
    SIGCONT(18),
    SIGSTOP(19),
    SIGTSTP(20),
    SIGWINCH(28);

    private final int number;

    Signal(int number) {
        this.number = number;
    }

    /// Its number.
    public int number() {
        return number;
    }

    /// The signal of that name; `SIGINT`, `INT` and `int` are the same one.
    public static Optional<Signal> named(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        String full = upper.startsWith("SIG") ? upper : "SIG" + upper;
        return Stream.of(values()).filter(s -> s.name().equals(full)).findFirst();
    }
}
