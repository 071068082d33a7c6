package dev.drover.node.alloc;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/// A name that people have chosen as the name of a folder: letters, digits, `_`, `-` and inner dots
/// stay; any other byte becomes `~` and two hexadecimal digits, so two names never meet.
final class FolderName {
    /// The allocation's own folder beside those of its tasks.
    static final String SHARED = "alloc";

    private static final String PLAIN =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

    /// They mean something else.
    private static final Set<String> TAKEN = Set.of("", ".", "..", SHARED);

    private FolderName() {}

    static String of(String name) {
        if (TAKEN.contains(name)) {
            return "~" + name.replace('.', '-');
        }
        StringBuilder folder = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = PLAIN.indexOf(c) >= 0;
            folder.append(plain ? String.valueOf(c) : "~%02X".formatted((int) c));
        }
        return folder.toString();
    }
}
