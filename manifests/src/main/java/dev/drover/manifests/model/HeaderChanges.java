package dev.drover.manifests.model;

import java.util.List;
import java.util.Map;

/// What a gateway changes in the headers of a request or response.
///
/// @param add headers that are added
/// @param set headers that are given another value
/// @param remove headers that are taken out
public record HeaderChanges(Map<String, String> add, Map<String, String> set, List<String> remove) {
    public HeaderChanges {
        remove = List.copyOf(remove);
        add = Copies.sorted(add);
        set = Copies.sorted(set);
    }
}
