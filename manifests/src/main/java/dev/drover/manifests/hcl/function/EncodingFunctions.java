package dev.drover.manifests.hcl.function;

import java.util.List;

/// Functions.
final class EncodingFunctions {

    static final List<Definition> ALL = List.of();

    private EncodingFunctions() {}
}
