package dev.drover.manifests.model;

import java.util.Map;

/// What a network plugin is told.
///
/// @param args what the plugin is told
public record Cni(Map<String, String> args) {
    public Cni {
        args = Copies.sorted(args);
    }
}
