package dev.drover.node.jail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// docs/jails.md for users says what the table of keys says.
class JailPageTest {
    private static final Path PAGE = Path.of("../docs/jails.md");
    private static final String START = "<!-- keys: written by `make golden` -->\n";

    private static String fate(Fate fate) {
        return switch (fate) {
            case Fate.Honoured _ -> "yes";
            case Fate.NeedsLeave _ -> "where the node lets it";
            case Fate.Always(String how) -> "always: " + how;
            case Fate.Warned(String why) -> "no effect, warned: " + why;
            case Fate.Refused(String why) -> "refused: " + why;
        };
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| key | Linux | FreeBSD |\n|---|---|---|\n");
        for (JailKey key : JailKey.values()) {
            table.append("| `")
                    .append(key.word())
                    .append("` | ")
                    .append(fate(key.on(Platform.LINUX)))
                    .append(" | ")
                    .append(fate(key.on(Platform.FREEBSD)))
                    .append(" |\n");
        }
        return table.toString();
    }

    @Test
    void the_page_for_users_has_every_key_with_its_fate() throws IOException {
        String page = Files.readString(PAGE);
        String written = page.substring(0, page.indexOf(START) + START.length()) + table();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, written);
        }
        assertThat(written).isEqualTo(Files.readString(PAGE));
    }
}
