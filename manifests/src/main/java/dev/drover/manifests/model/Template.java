package dev.drover.manifests.model;

import java.time.Duration;
import java.util.Optional;

/// A file to render before the task starts.
///
/// @param source a file of the task that is the template; instead of `data`
/// @param destination the file that is made
/// @param data the template itself; instead of `source`
/// @param changeMode what becomes of the task when the file changes: `restart`, `signal`, `script`
///   or `noop`
/// @param changeSignal which signal
/// @param changeScript which script
/// @param once whether it is rendered once and never again
/// @param splay a random wait up to this before the change is acted on
/// @param perms the file's permissions, in octal digits
/// @param uid the file's owner
/// @param gid the file's group
/// @param leftDelimiter what begins an action
/// @param rightDelimiter what ends an action
/// @param env whether its lines become variables of the environment
/// @param vaultGrace nothing any more
/// @param quiet how long values must be quiet before it is rendered; `wait` in HCL
/// @param errorOnMissingKey whether a key that is not there is a mistake
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
