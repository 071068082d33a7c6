package dev.drover.controller.cli;

import java.nio.file.Path;
import java.util.function.Supplier;

/// What somebody typed and saw, without what is another with each run: ids, times, which node of
/// three that are alike, and with them the widths of columns.
final class Transcript {
    private final Path folder;
    private final Supplier<Terminal> terminals;
    private final StringBuilder text = new StringBuilder();

    /// @param folder where manifests are: names are shown without it
    Transcript(Path folder, Supplier<Terminal> terminals) {
        this.folder = folder;
        this.terminals = terminals;
    }

    /// Types a command and keeps all that is printed.
    void say(String... words) {
        Terminal terminal = terminals.get();
        int code = terminal.type(words);
        text.append("$ drover ").append(String.join(" ", words)).append('\n');
        text.append(terminal.out()).append(terminal.err());
        text.append(code == 0 ? "" : "[exit " + code + "]\n");
        text.append('\n');
    }

    /// All of it.
    String transcript() {
        return text.toString()
                .replace(folder + "/", "")
                .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", "1f2e3d4c-…")
                .replaceAll("\\b[0-9a-f]{8}\\b", "1f2e3d4c")
                .replaceAll("20[0-9-]{8}T03:00:00Z \\(.* from now\\)", "at three")
                .replaceAll("20[0-9-]{8}T[0-9:.]+Z", "now")
                .replaceAll("(periodic|dispatch)-[0-9]+(-[0-9a-f]+)?", "$1-1795990625")
                .replaceAll("at revision [0-9]+", "at revision 25")
                .replaceAll("\\b[0-9]+[ms][0-9]*s? ago", "just now")
                .replaceAll("(?<![\\w.-])n[1-3](?![\\w.-])", "n_")
                .replaceAll("\\[[0-2]\\]", "[_]")
                .replaceAll(" {3,}", "  ");
    }
}
