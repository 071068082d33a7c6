package dev.drover.manifests.validate;

import dev.drover.manifests.model.Artifact;
import dev.drover.manifests.model.EphemeralDisk;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Lifecycle;
import dev.drover.manifests.model.LogConfig;
import dev.drover.manifests.model.Resources;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Resources, logs, signals, artifacts and actions of a task.
final class TaskRules {
    private static final int MEMORY_MIN_MIB = 10;
    private static final List<String> MODES = List.of("any", "file", "dir");
    private static final Pattern CHECKSUM =
            Pattern.compile(
                    "md5:[0-9a-fA-F]{32}|sha1:[0-9a-fA-F]{40}|sha256:[0-9a-fA-F]{64}|sha512:[0-9a-fA-F]{128}"
                            // a file that lists it, by its URL or as seen from the source
                            + "|file:(https?://\\S+|[^:\\s]+)");
    private static final Pattern ACTION = Pattern.compile("[^\\x00\\s]{1,128}");

    /// What a process can be sent; a node may know more, which cannot be said here.
    static final List<String> SIGNALS =
            List.of(
                    "SIGABRT",
                    "SIGALRM",
                    "SIGCONT",
                    "SIGHUP",
                    "SIGINT",
                    "SIGIO",
                    "SIGIOT",
                    "SIGKILL",
                    "SIGPIPE",
                    "SIGPROF",
                    "SIGQUIT",
                    "SIGSTOP",
                    "SIGSYS",
                    "SIGTERM",
                    "SIGTRAP",
                    "SIGTSTP",
                    "SIGTTIN",
                    "SIGTTOU",
                    "SIGURG",
                    "SIGUSR1",
                    "SIGUSR2",
                    "SIGWINCH",
                    "SIGXCPU",
                    "SIGXFSZ",
                    "SIGNULL");

    private TaskRules() {}

    static void check(Job job, Report report) {
        for (Parts.TaskPart part : Parts.tasks(job)) {
            Task task = part.task();
            Path path = part.path();
            task.resources()
                    .ifPresent(resources -> resources(resources, path.field("resources"), report));
            task.killSignal().ifPresent(signal -> signal(signal, path.field("killSignal"), report));
            lifecycle(task.lifecycle(), path, report);
            logs(part, report);
            artifacts(task.artifacts(), path, report);
            actions(part, report);
            if (task.dispatchPayload().isPresent()
                    && task.dispatchPayload().get().file().isEmpty()) {
                report.add(
                        Code.MISSING_FIELD,
                        path.field("dispatchPayload"),
                        "file is required",
                        "say where in local/ the payload belongs");
            }
        }
    }

    private static void resources(Resources resources, Path path, Report report) {
        int memory = resources.memoryMib().orElse(MEMORY_MIN_MIB);
        if (memory < MEMORY_MIN_MIB) {
            report.add(
                    Code.OUT_OF_RANGE,
                    path.field("memoryMib"),
                    "the memory is at least " + MEMORY_MIN_MIB + " (MiB), not " + memory,
                    "");
        }
        if (resources.cpu().orElse(1) < 1) {
            report.add(
                    Code.OUT_OF_RANGE,
                    path.field("cpu"),
                    "cpu is at least 1 (MHz), not " + resources.cpu().orElse(1),
                    "");
        }
        if (resources.cpu().isPresent() && resources.cores().orElse(0) > 0) {
            report.add(
                    Code.CONTRADICTION,
                    path.field("cores"),
                    "cpu and cores exclude each other",
                    "whole cores are asked for instead of megahertz, not beside them",
                    "keep one of the two");
        }
        if (resources.cores().orElse(1) < 1) {
            report.add(Code.OUT_OF_RANGE, path.field("cores"), "cores is at least 1", "");
        }
        int most = resources.memoryMaxMib().orElse(0);
        if (most < 0) {
            report.add(
                    Code.IGNORED,
                    path.field("memoryMaxMib"),
                    "memory_max = " + most + " grants nothing beyond memory",
                    "memory without any limit could take that of every other task on the node",
                    "write as many MiB as the task may use at most");
        }
        if (most > 0 && most < memory) {
            report.add(
                    Code.UNLIKELY,
                    path.field("memoryMaxMib"),
                    "memory_max = " + most + " is below memory = " + memory,
                    "a task may use all of its memory, so memory_max says nothing",
                    "raise memory_max or lower memory");
        }
        if (resources.diskMib().isPresent()) {
            report.add(
                    Code.IGNORED,
                    path.field("diskMib"),
                    "a task has no disk of its own",
                    "set size in the group's ephemeral_disk");
        }
    }

    static void signal(String signal, Path path, Report report) {
        if (!signal.isEmpty()) {
            Word.check(signal.toUpperCase(Locale.ROOT), SIGNALS, path, report);
        }
    }

    private static void lifecycle(Optional<Lifecycle> lifecycle, Path path, Report report) {
        if (lifecycle.isPresent() && lifecycle.get().hook().isEmpty()) {
            report.add(
                    Code.MISSING_FIELD,
                    path.field("lifecycle"),
                    "hook is required",
                    "write hook = \"prestart\", \"poststart\" or \"poststop\"");
        }
    }

    private static void logs(Parts.TaskPart part, Report report) {
        LogConfig logs = part.task().logs().orElseThrow();
        Path path = part.path().field("logs");
        int files = logs.maxFiles().orElse(1);
        int size = logs.maxFileSizeMib().orElse(1);
        if (files < 1 || size < 1) {
            report.add(Code.OUT_OF_RANGE, path, "max_files and max_file_size are at least 1", "");
            return;
        }
        int disk =
                part.in()
                        .group()
                        .ephemeralDisk()
                        .flatMap(EphemeralDisk::sizeMib)
                        .orElse(Integer.MAX_VALUE);
        if (!logs.disabled().orElse(false) && (long) files * size >= disk) {
            report.add(
                    Code.CONTRADICTION,
                    path,
                    "%d files of %d MiB do not fit into the group's disk of %d MiB"
                            .formatted(files, size, disk),
                    "the logs alone would fill it",
                    "lower max_files or max_file_size, or raise size in ephemeral_disk");
        }
    }

    private static void artifacts(List<Artifact> artifacts, Path around, Report report) {
        for (int i = 0; i < artifacts.size(); i++) {
            Artifact artifact = artifacts.get(i);
            Path path = around.item("artifacts", i, "artifact");
            if (artifact.source().orElse("").isEmpty()) {
                report.add(Code.MISSING_FIELD, path, "source is required", "say where to fetch it");
            }
            inside(artifact.destination(), path.field("destination"), report);
            artifact.mode().ifPresent(mode -> Word.check(mode, MODES, path.field("mode"), report));
            String checksum = artifact.options().getOrDefault("checksum", "");
            boolean known = checksum.isEmpty() || checksum.contains("${");
            if (!known && !CHECKSUM.matcher(checksum).matches()) {
                report.add(
                        Code.INVALID_VALUE,
                        path.field("options").field("checksum"),
                        "\"" + checksum + "\" is not a checksum",
                        "write md5:, sha1:, sha256: or sha512: and its hexadecimal digits, or file: and"
                                + " the http or https URL of a file that lists it");
            }
        }
    }

    /// Reports a path that leads out of the allocation's folder.
    static void inside(Optional<String> destination, Path path, Report report) {
        int depth = 0;
        for (String step : destination.orElse("").split("/", -1)) {
            depth += step.equals("..") ? -1 : step.isEmpty() || step.equals(".") ? 0 : 1;
            if (depth < -1) { // beside it lies the folder that the tasks share
                report.add(
                        Code.INVALID_VALUE,
                        path,
                        "\"" + destination.orElse("") + "\" leads out of the allocation's folder",
                        "a task may not write where others read",
                        "write a path below local/ or secrets/");
                return;
            }
        }
    }

    private static void actions(Parts.TaskPart part, Report report) {
        for (int i = 0; i < part.task().actions().size(); i++) {
            var action = part.task().actions().get(i);
            Path path = part.path().item("actions", i, "action", action.name());
            if (!ACTION.matcher(action.name()).matches()) {
                report.add(
                        Code.INVALID_NAME,
                        path,
                        "an action's name has 1 to 128 characters and no blanks",
                        "");
            }
            if (action.command().isEmpty()) {
                report.add(Code.MISSING_FIELD, path, "command is required", "");
            }
        }
    }
}
