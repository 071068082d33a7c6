package dev.drover.manifests.model;

/// When a task that is not a main task runs.
public enum LifecycleHook {
    PRESTART,
    POSTSTART,
    POSTSTOP
}
