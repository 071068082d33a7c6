package dev.drover.manifests.model;

import java.time.Duration;
import java.util.Optional;

/// A file to render before the task starts.
public record Template(
        Optional<String> source,
        Optional<String> destination,
        Optional<String> data,
        Optional<String> changeMode,
        Optional<String> changeSignal,
        Optional<ChangeScript> changeScript,
        Optional<Boolean> once,
        Optional<Duration> splay,
        Optional<String> perms,
        Optional<Integer> uid,
        Optional<Integer> gid,
        Optional<String> leftDelimiter,
        Optional<String> rightDelimiter,
        Optional<Boolean> env,
        Optional<Duration> vaultGrace,
        Optional<TemplateWait> quiet,
        Optional<Boolean> errorOnMissingKey) {}
