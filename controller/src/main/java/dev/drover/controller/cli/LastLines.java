package dev.drover.controller.cli;

import dev.drover.controller.client.Client;
import dev.drover.controller.client.Reply;
import dev.drover.manifests.model.ResourceName;
import java.io.IOException;
import java.util.Optional;

/// Where the last lines of a file of an allocation begin: looks at more and more of its end.
final class LastLines {
    private static final int FIRST_LOOK = 4_096;
    private static final int LOOKS_GROW = 8;

    /// More than this in so many lines is not for eyes; what is shown begins here then.
    private static final int BYTES_MAX = 8 << 20;

    private LastLines() {}

    /// The byte at which the last `lines` lines of a file of that size begin.
    static long begin(Client client, ResourceName allocation, String path, long size, long lines)
            throws IOException {
        int look = FIRST_LOOK;
        while (true) {
            long from = Math.max(0, size - look);
            byte[] end;
            try (Reply reply = client.file(allocation, path, from)) {
                end = reply.body().readNBytes((int) (size - from));
            }
            Optional<Integer> begin = begin(end, lines);
            if (begin.isPresent() || from == 0 || look >= BYTES_MAX) {
                return from + begin.orElse(0);
            }
            look *= LOOKS_GROW;
        }
    }

    /// The same within bytes; empty when they hold fewer, or may do. A line that is not ended yet
    /// is one.
    static Optional<Integer> begin(byte[] bytes, long lines) {
        if (lines == 0) {
            return Optional.of(bytes.length);
        }
        long ends = 0;
        for (int at = bytes.length - 2;
                at >= 0;
                at--) { // whatever the last byte is, its line is one
            if (bytes[at] == '\n') {
                ends++;
            }
            if (ends == lines) {
                return Optional.of(at + 1);
            }
        }
        return Optional.empty();
    }
}
