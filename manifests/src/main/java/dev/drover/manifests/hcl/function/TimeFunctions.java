package dev.drover.manifests.hcl.function;

import java.util.List;

/// Functions.
final class TimeFunctions {

    static final List<Definition> ALL = List.of();

    private TimeFunctions() {}
}
