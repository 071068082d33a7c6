package dev.drover.manifests.hcl.function;

import java.util.List;

/// Functions.
final class CollectionFunctions {

    static final List<Definition> ALL = List.of();

    private CollectionFunctions() {}
}
