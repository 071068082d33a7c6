package dev.drover.node.jail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;

/// What carries out a plan on Linux: a script for perl-base, which is Essential on Debian.
public final class Interpreter {
    private static final String SCRIPT = "jail.pl";
    private static final String PERL = "/usr/bin/perl";

    private final Path script;

    private Interpreter(Path script) {
        this.script = script;
    }

    /// Puts the script into `folder`, which only we may write to.
    public static Interpreter install(Path folder) throws IOException {
        return new Interpreter(script(SCRIPT, folder));
    }

    /// Puts a script of this package there. One that runs meanwhile keeps its own version.
    public static Path script(String name, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path script = folder.toAbsolutePath().resolve(name);
        try (InputStream in = Interpreter.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing in the program");
            }
            byte[] text = in.readAllBytes();
            if (!Files.exists(script) || !Arrays.equals(text, Files.readAllBytes(script))) {
                Path fresh = script.resolveSibling(name + ".new");
                Files.write(fresh, text);
                Files.move(fresh, script, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return script;
    }

    /// The words that run the plan in that file.
    public List<String> command(Path plan) {
        return List.of(PERL, script.toString(), plan.toString());
    }

    /// Writes a plan where only we can read it: it may hold secrets.
    public static void write(Path file, JailPlan plan) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, plan.interpreterText());
    }
}
