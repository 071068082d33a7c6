package dev.drover.node.os;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// This process without a free file descriptor, from when it is made until it is closed. What is
/// loaded for the first time meanwhile cannot be: whoever uses it asserts afterwards.
public final class Scarcity implements AutoCloseable {
    /// Those of the virtual machine itself: what is closed above them frees none.
    private static final int FEW = 10;

    private final List<FileInputStream> hoard = new ArrayList<>();
    private final Process shell;

    /// Begins it.
    public Scarcity() throws IOException {
        long self = ProcessHandle.current().pid();
        String soft = "prlimit --pid " + self + " --nofile=";
        shell =
                new ProcessBuilder(
                                "/bin/sh",
                                "-c",
                                "old=$(prlimit --pid %d --nofile --noheadings -o SOFT); read few;"
                                                .formatted(self)
                                        + (soft + "$few:; echo; read all; ")
                                        + (soft + "$old:"))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        tell(Integer.toString(FEW));
        shell.getInputStream().read();
        fill();
    }

    private void fill() {
        try {
            while (hoard.size() <= FEW) {
                hoard.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException full) {
            return; // as it should be
        }
        throw new IllegalStateException("there are files enough");
    }

    private void tell(String line) throws IOException {
        OutputStream to = shell.getOutputStream();
        to.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        to.flush();
    }

    @Override
    public void close() throws IOException {
        tell("");
        shell.getInputStream().read(); // its end
        for (FileInputStream one : hoard) {
            one.close();
        }
    }
}
