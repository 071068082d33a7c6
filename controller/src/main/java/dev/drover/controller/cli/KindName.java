package dev.drover.controller.cli;

import java.util.Optional;

/// A kind and a name as people type them: `job web`, or `job/web`, as our answers show it.
record KindName(String kind, Optional<String> name) {
    /// The first words of a command.
    static KindName of(Invocation invocation) {
        Optional<String> second = invocation.parameter(1);
        return second.isPresent()
                ? new KindName(invocation.required(0), second)
                : of(invocation.required(0));
    }

    /// One word. A name may have a slash itself, as those of launched jobs do; nothing is no name.
    static KindName of(String word) {
        int slash = word.indexOf('/');
        return slash < 1 || slash == word.length() - 1
                ? new KindName(word, Optional.empty())
                : new KindName(word.substring(0, slash), Optional.of(word.substring(slash + 1)));
    }
}
