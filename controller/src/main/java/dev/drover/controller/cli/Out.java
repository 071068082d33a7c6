package dev.drover.controller.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All that commands print goes through here: one place knows about terminals, colours and control
/// characters. What comes from a server or a file is never trusted to move somebody's cursor.
public final class Out {
    /// As much as a server sends at once.
    private static final int BUFFER = 16 * 1024;

    private final Remembering target;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean colours;

    /// Prints to `out` and `err`, in colour if `colours`.
    public Out(OutputStream out, OutputStream err, boolean colours) {
        this.target = new Remembering(out);
        this.out =
                new PrintStream(
                        new BufferedOutputStream(target, BUFFER), false, StandardCharsets.UTF_8);
        this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
        this.colours = colours;
    }

    /// Why some of the output was not written; empty when all of it was.
    Optional<IOException> unwritten() {
        out.flush();
        return target.failure;
    }

    /// A stream that keeps why it failed, which a `PrintStream` does not tell. (Extends
    /// `OutputStream` because that one asks for one.)
    private static final class Remembering extends OutputStream {
        private final OutputStream to;
        private volatile Optional<IOException> failure = Optional.empty();

        Remembering(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                to.write(bytes, offset, length);
            } catch (IOException e) {
                failure = Optional.of(e);
                throw e;
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                to.flush();
            } catch (IOException e) {
                failure = Optional.of(e);
                throw e;
            }
        }
    }

    /// One line of text.
    public void line(String text) {
        out.println(Escape.controls(text));
        out.flush();
    }

    /// An empty line.
    public void blank() {
        line("");
    }

    /// A title above a table or a block.
    public void title(String text) {
        out.println(paint(Colour.BOLD, Escape.controls(text)));
        out.flush();
    }

    /// A sentence that says why something is not as it was asked for.
    public void warning(String text) {
        out.println(paint(Colour.YELLOW, Escape.controls(text)));
        out.flush();
    }

    /// A text of several lines that this program wrote itself.
    public void text(String text) {
        text.lines().forEach(this::line);
    }

    /// A document that this program wrote itself, as it is: for other programs.
    void data(String document) {
        out.print(document);
        out.flush();
    }

    /// A mistake in a manifest: several lines.
    void problem(String text) {
        err.println(Escape.lines(text));
    }

    /// A table: columns two blanks apart, nothing after the last one.
    public void table(Table table) {
        table.lines(this::painted).forEach(out::println);
        out.flush();
    }

    /// The last row of a table whose others are on the screen already. Fails when nobody reads it
    /// any more: rows may come for ever.
    void lastRow(Table table) throws IOException {
        out.println(table.lines(this::painted).getLast());
        if (out.checkError()) { // which flushes
            throw new OutputClosed();
        }
    }

    /// Named values, their `=` below each other.
    public void fields(Fields fields) {
        fields.lines(this::painted).forEach(out::println);
        out.flush();
    }

    /// Bytes as they are, as they come: a task's output belongs to the task. Fails when nobody
    /// reads them any more.
    public void bytes(InputStream from) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
            bytes(buffer, count);
        }
    }

    /// Bytes as they are. Fails when nobody reads them any more.
    void bytes(byte[] some) throws IOException {
        bytes(some, some.length);
    }

    private void bytes(byte[] some, int count) throws IOException {
        out.write(some, 0, count);
        if (out.checkError()) { // which flushes
            throw new OutputClosed();
        }
    }

    /// Bytes as they are, beside the output.
    void errorBytes(byte[] some) {
        err.write(some, 0, some.length);
        err.flush();
    }

    /// What went wrong, why, and how to fix it.
    public void error(String what, String why, String fix) {
        err.println(paint(Colour.RED, "Error: ") + Escape.lines(what));
        for (String line : reasons(why, fix)) {
            err.println(Escape.controls(line));
        }
    }

    /// A line beside the output proper: it does not end up in a pipe.
    public void note(String text) {
        err.println(Escape.controls(text));
    }

    private static List<String> reasons(String why, String fix) {
        var lines = new ArrayList<String>(2);
        if (!why.isEmpty()) {
            lines.add("  why: " + why);
        }
        if (!fix.isEmpty()) {
            lines.add("  fix: " + fix);
        }
        return List.copyOf(lines);
    }

    /// `padded` in the colour of the word it shows, so that a state looks the same everywhere.
    private String painted(String padded) {
        if (!colours) {
            return padded;
        }
        return Colour.of(padded.strip()).map(colour -> paint(colour, padded)).orElse(padded);
    }

    private String paint(Colour colour, String text) {
        return colours ? colour.on() + text + Colour.OFF : text;
    }
}
