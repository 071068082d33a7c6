package dev.drover.node.jail;

/// The systems that have jails.
public enum Platform {
    LINUX,
    FREEBSD
}
