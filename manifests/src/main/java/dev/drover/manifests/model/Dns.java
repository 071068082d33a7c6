package dev.drover.manifests.model;

import java.util.List;

/// How a network resolves names.
///
/// @param servers whom the tasks ask
/// @param searches what is appended to short names
/// @param options what resolv.conf(5) calls options
public record Dns(List<String> servers, List<String> searches, List<String> options) {
    public Dns {
        servers = List.copyOf(servers);
        searches = List.copyOf(searches);
        options = List.copyOf(options);
    }
}
