package dev.drover.manifests.validate;

import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import dev.drover.manifests.tree.Suggestion;
import java.util.List;

/// A text that must be one of a few words.
final class Word {
    private Word() {}

    /// Reports a word that is none of them; what the node fills in later cannot be checked.
    static void check(String word, List<String> words, Path path, Report report) {
        if (words.contains(word) || word.contains("${")) {
            return;
        }
        String fix =
                Suggestion.of(word, words)
                        .map(near -> "did you mean \"" + near + "\"?")
                        .orElse("write one of " + String.join(", ", words));
        report.add(
                Code.UNKNOWN_WORD,
                path,
                "\"" + word + "\" is not one of " + String.join(", ", words),
                fix);
    }
}
