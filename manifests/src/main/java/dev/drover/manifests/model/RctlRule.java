package dev.drover.manifests.model;

import java.util.Optional;

/// A limit of a jail's resource, as rctl(8) has it.
///
/// @param action `deny` when absent; `log`, `devctl`, `throttle` or a signal like `sigkill`
/// @param amount a number, or one with `k`, `m`, `g` or `t`
/// @param per `jail` when absent, or `process`
public record RctlRule(Optional<String> action, Optional<String> amount, Optional<String> per) {}
