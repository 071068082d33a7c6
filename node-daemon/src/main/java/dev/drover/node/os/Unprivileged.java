package dev.drover.node.os;

import java.io.IOException;

/// Gives up what root may do, for good.
public final class Unprivileged {
    private static final int NO_NEW_PRIVILEGES = 38;

    private Unprivileged() {}

    /// Makes this whole process one of the user and group with that id, in no other group. The C
    /// library tells every thread.
    public static void become(int id) throws IOException {
        check("setgroups", Libc.function("setgroups").call(0, 0));
        check("setgid", Libc.function("setgid").call(id));
        check("setuid", Libc.function("setuid").call(id));
        if (System.getProperty("os.name", "").equals("Linux")) {
            check("prctl", Libc.function("prctl").call(NO_NEW_PRIVILEGES, 1));
        }
    }

    private static void check(String call, int result) throws IOException {
        if (result < 0) {
            throw new IOException(call + ": " + Libc.text(-result));
        }
    }
}
