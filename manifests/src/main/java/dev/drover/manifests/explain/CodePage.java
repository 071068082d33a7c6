package dev.drover.manifests.explain;

import dev.drover.manifests.tree.Code;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The page of one kind of mistake.
public final class CodePage {
    private CodePage() {}

    /// The code that somebody names: `E1203`, in any letter case.
    public static Optional<Code> code(String word) {
        String id = word.toUpperCase(Locale.ROOT);
        return Arrays.stream(Code.values()).filter(code -> code.id().equals(id)).findFirst();
    }

    /// Markdown that also reads well on a terminal.
    public static String markdown(Code code) {
        return """
        # %s: %s

        %s

        **How to fix it.** %s
        """
                .formatted(code.id(), code.title(), code.why(), code.fix());
    }

    /// A line of the table of all codes.
    public static String row(Code code) {
        return "| [%s](%s.md) | %s |\n".formatted(code.id(), code.id(), code.title());
    }
}
