package dev.drover.node.link;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When the server was heard last, in the time since the machine's boot: a clock that is set tells
/// nothing, and the silence goes on while no daemon runs.
///
/// It is kept in one line of always the same length, which is written over in place:
///
/// ```text
///  id of the boot | blank | milliseconds, 19 digits | line's end
/// ```
///
/// Nothing waits for the disk: after a crash of the machine, which has another boot, the line says
/// nothing any more.
public final class Hearing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Hearing.class);

    /// A daemon that has just started dials first, before it believes that there is silence.
    private static final Duration DIALLING = Duration.ofSeconds(10);

    /// A busy link is heard a thousand times a second.
    private static final Duration WRITE_EVERY = Duration.ofSeconds(1);

    private final RandomAccessFile file;
    private final String boot;
    private final Supplier<Duration> uptime;
    private final Duration opened;
    private Duration last;
    private Optional<Duration> written = Optional.empty();
    private boolean heard;
    private Duration usual = Duration.ZERO;

    private Hearing(
            RandomAccessFile file, String boot, Supplier<Duration> uptime, Duration opened) {
        this.file = file;
        this.boot = boot;
        this.uptime = uptime;
        this.opened = opened;
        last = opened;
    }

    /// Goes on after what an earlier daemon has heard during this boot; where nothing is known, the
    /// silence begins now.
    public static Hearing open(Path path, String boot, Supplier<Duration> uptime)
            throws IOException {
        String line = Files.exists(path) ? Files.readString(path, StandardCharsets.ISO_8859_1) : "";
        Hearing hearing =
                new Hearing(new RandomAccessFile(path.toFile(), "rw"), boot, uptime, uptime.get());
        hearing.recall(line);
        return hearing;
    }

    private void recall(String line) {
        if (line.matches("\\Q" + boot + "\\E \\d{19}\n")) {
            Duration then =
                    Duration.ofMillis(Long.parseLong(line.substring(boot.length()).strip()));
            last = then.compareTo(opened) < 0 ? then : opened;
        }
    }

    /// The server has said something.
    public synchronized void heard() {
        last = uptime.get();
        heard = true;
        if (written.filter(at -> last.minus(at).compareTo(WRITE_EVERY) < 0).isEmpty()) {
            written = Optional.of(last);
            write();
        }
    }

    private void write() {
        try {
            file.seek(0);
            file.write(
                    "%s %019d\n"
                            .formatted(boot, last.toMillis())
                            .getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // The next daemon counts from an earlier word, or from its start.
            LOG.warn("when the server was heard cannot be kept: {}", e.getMessage());
        }
    }

    /// A link stands on which the server may say nothing for that long.
    public synchronized void linked(Duration silenceMax) {
        usual = silenceMax;
        heard();
    }

    /// For how long it has said nothing.
    public synchronized Silence silence() {
        Duration now = uptime.get();
        Duration lasting = now.minus(last);
        Duration doubtful = heard ? usual.minus(lasting) : DIALLING.minus(now.minus(opened));
        return new Silence(lasting, doubtful.isNegative() ? Duration.ZERO : doubtful);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
