package dev.drover.controller.cli;

import dev.drover.manifests.wire.TerminalSize;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The terminal that the person sits at, by way of stty(1): every key goes to the program at the
/// other end until this is closed, however the command ends.
final class LocalTerminal implements AutoCloseable {
    private static final TerminalSize UNKNOWN = new TerminalSize(24, 80);
    private static final long STTY_SECONDS = 5;

    private final String before;
    private final Thread atExit = new Thread(this::restore, "terminal");

    private LocalTerminal(String before) {
        this.before = before;
    }

    /// Whether somebody sits at one.
    static boolean present() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /// Passes on every key as it is.
    static LocalTerminal raw() throws IOException, InterruptedException {
        LocalTerminal terminal = new LocalTerminal(stty("-g"));
        Runtime.getRuntime().addShutdownHook(terminal.atExit);
        stty("raw", "-echo");
        return terminal;
    }

    /// Its size now.
    static TerminalSize size() throws IOException, InterruptedException {
        String text = stty("size");
        if (!text.matches("[1-9][0-9]{0,3} [1-9][0-9]{0,3}")) {
            return UNKNOWN;
        }
        int blank = text.indexOf(' ');
        return new TerminalSize(
                Integer.parseInt(text.substring(0, blank)),
                Integer.parseInt(text.substring(blank + 1)));
    }

    private static String stty(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(words));
        Process stty =
                new ProcessBuilder(command)
                        .redirectInput(ProcessBuilder.Redirect.INHERIT)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (InputStream out = stty.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
            stty.waitFor(STTY_SECONDS, TimeUnit.SECONDS);
            return text;
        }
    }

    private void restore() {
        try {
            stty(before);
        } catch (IOException e) {
            // Whoever has no stty any more has no terminal to restore either.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        restore();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
