package dev.drover.manifests.model;

import java.util.List;

/// How a network resolves names.
public record Dns(List<String> servers, List<String> searches, List<String> options) {
    public Dns {
        servers = List.copyOf(servers);
        searches = List.copyOf(searches);
        options = List.copyOf(options);
    }
}
