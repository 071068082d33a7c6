package dev.drover.node.driver.jail;

import static dev.drover.node.driver.DriverContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Value;
import dev.drover.node.driver.Driver;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.jail.Busybox;
import dev.drover.node.jail.JailPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// A runtime of OCI behind a wrapper that knows no words but those of FreeBSD's ocijail.
final class OciRig implements AutoCloseable {
    /// What it refuses it writes down, too: a refusal may go unnoticed otherwise.
    private static final String WRAPPER =
            """
            #!/usr/bin/perl
            use strict;
            my @words = @ARGV;
            my $sign = qr/^[A-Za-z0-9-]+$/;
            sub refuse { open my $f, '>>', '@REFUSED@'; print $f "@_: @ARGV\\n"; print STDERR "ocijail: @_\\n"; exit 64 }
            sub take { my ($w) = @_; return if !@words || $words[0] ne $w; shift @words; return 1 }
            sub value { my ($w) = @_; take($w) or refuse("no $w"); my $v = shift @words; $v =~ m(^/) || $w eq '--log-format' or refuse("$w is not absolute"); return $v }
            sub id { my $i = shift @words; defined $i && $i =~ $sign or refuse('not an id'); @words and refuse('more words'); }
            if (!take('--version')) {
                value('--root'); value('--log'); value('--log-format') eq 'json' or refuse('another log format');
                my $verb = shift @words;
                if ($verb eq 'create') {
                    my $bundle = value('--bundle'); value('--pid-file'); id();
                    open my $f, '<', "$bundle/config.json" or refuse('no config'); local $/;
                    my $config = <$f>;
                    $config =~ /"ociVersion" : "1\\.[012]\\.\\d"/ or refuse('another version of the specification');
                    $config =~ /"type" : "(\\w+)"/ or refuse('no mounts');
                } elsif ($verb eq 'start') { id() }
                elsif ($verb eq 'delete') { take('--force') or refuse('no --force'); id() }
                elsif ($verb eq 'exec') { take('--tty'); value('--process'); id() }
                else { refuse("verb $verb") }
            }
            exec '@REAL@', @ARGV;
            """;

    final JailedRuns runs;
    private final Path program;
    private final Path refused;
    private final Jails jails;

    /// With the runtime of that name, if this machine has it.
    OciRig(String name, Path temp) throws IOException, InterruptedException {
        Busybox.assumeJails();
        Optional<Path> real =
                Stream.of("/usr/bin", "/usr/sbin", "/usr/local/bin")
                        .map(folder -> Path.of(folder, name))
                        .filter(Files::isExecutable)
                        .findFirst();
        Assumptions.assumeTrue(real.isPresent(), "needs " + name + ": apt-get install " + name);
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/catatonit")),
                "needs catatonit: apt-get install catatonit");
        runs = new JailedRuns(temp);
        refused = runs.folder.resolve("refused");
        program = Files.createDirectories(runs.folder.resolve("oci")).resolve(name);
        Files.writeString(
                program,
                WRAPPER.replace("@REAL@", real.get().toString())
                        .replace("@REFUSED@", refused.toString()));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        jails = jails();
    }

    private Jails jails() {
        return runs.jails(JailPolicy.CLOSED, Optional.of(program.toString()));
    }

    Jails opened() {
        return jails;
    }

    Driver driver() {
        return JailDriver.jail("jail", jails);
    }

    Driver reborn() {
        return JailDriver.jail("jail", jails());
    }

    TaskRun run(Map<String, Value> config) {
        return runs.run(config, JailedRuns.memory(64));
    }

    static Map<String, Value> script(String script) {
        return Map.of("path", text("local/root"), "exec_start", text(script));
    }

    @Override
    public void close() throws IOException {
        runs.close();
        assertThat(Files.exists(refused) ? Files.readString(refused) : "").isEmpty();
    }
}
