package dev.drover.manifests.model;

import java.util.List;
import java.util.Optional;

/// The config of the driver `java`: a Java program, run by the node's own Java behind the walls
/// that `exec` has. Its heap is three quarters of the task's memory unless `jvm_options` say
/// otherwise.
///
/// @param jarPath the jar that says what to run, in the task's folder; or
/// @param mainClass the class to run, found in `class_path`
/// @param classPath folders and jars, with `:` between; with `jar_path` the jar says its own
/// @param args the program's arguments
/// @param jvmOptions for Java itself: `-Xmx256m`, `-Dname=value`
/// @param workDir where it starts; `/local` when absent
/// @param capAdd capabilities beyond the ordinary ones
/// @param capDrop capabilities to do without; `all` for all
/// @param pidMode `private` when absent; `host` is refused
/// @param ipcMode `private` when absent; `host` is refused
/// @param usernsMode `private`: its users are nobody on the node; `host` when absent
public record JavaConfig(
        Optional<String> jarPath,
        Optional<String> mainClass,
        Optional<String> classPath,
        List<String> args,
        List<String> jvmOptions,
        Optional<String> workDir,
        List<String> capAdd,
        List<String> capDrop,
        Optional<String> pidMode,
        Optional<String> ipcMode,
        Optional<String> usernsMode) {

    public JavaConfig {
        args = List.copyOf(args);
        jvmOptions = List.copyOf(jvmOptions);
        capAdd = List.copyOf(capAdd);
        capDrop = List.copyOf(capDrop);
    }
}
