package dev.drover.node.template;

import java.io.IOException;

/// What a template needs is not there, and may come.
final class Missing extends IOException {
    private static final long serialVersionUID = 1;

    /// @param what as `nomadVar nomad/jobs/web`
    /// @param template as messages name it
    Missing(String what, String template) {
        super("Missing: " + what + ", which " + template + " needs");
    }
}
