package dev.drover.manifests.validate;

import dev.drover.manifests.model.Artifact;
import dev.drover.manifests.model.DeviceRequest;
import dev.drover.manifests.model.DispatchPayload;
import dev.drover.manifests.model.EphemeralDisk;
import dev.drover.manifests.model.Identity;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Lifecycle;
import dev.drover.manifests.model.LogConfig;
import dev.drover.manifests.model.Numa;
import dev.drover.manifests.model.Resources;
import dev.drover.manifests.model.Secret;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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

    private static final List<String> CHANGES = List.of("noop", "signal", "restart");
    private static final List<String> NUMA = List.of("none", "prefer", "require");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,128}");

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
            task.dispatchPayload().ifPresent(payload -> payload(payload, job, path, report));
            devices(task, path, report);
            tokens(task, part, report);
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

    private static void payload(DispatchPayload payload, Job job, Path around, Report report) {
        Path path = around.field("dispatchPayload");
        if (payload.file().orElse("").isEmpty()) {
            report.add(
                    Code.MISSING_FIELD,
                    path,
                    "file is required",
                    "say where in local/ the payload belongs");
        }
        inside(payload.file().map(file -> "local/" + file), path.field("file"), report);
        if (job.spec().parameterized().isEmpty()) {
            report.add(
                    Code.UNLIKELY,
                    path,
                    "no payload comes: the job is not parameterized",
                    "only launches by drover dispatch bring one",
                    "add a parameterized block to the job, or remove this one");
        }
    }

    private static void devices(Task task, Path around, Report report) {
        Path path = around.field("resources");
        List<DeviceRequest> devices = task.resources().map(Resources::devices).orElse(List.of());
        for (int i = 0; i < devices.size(); i++) {
            DeviceRequest device = devices.get(i);
            Path at = path.item("devices", i, "device", device.name());
            if (device.count().orElse(1) < 1) {
                report.add(Code.OUT_OF_RANGE, at.field("count"), "the count is at least 1", "");
            }
            if (device.name().chars().filter(c -> c == '/').count() > 2) {
                report.add(
                        Code.INVALID_NAME,
                        at,
                        "\"" + device.name() + "\" is no device",
                        "write its type, vendor/type, or vendor/type/model");
            }
        }
        Optional<String> near = task.resources().flatMap(Resources::numa).flatMap(Numa::affinity);
        near.ifPresent(
                word -> Word.check(word, NUMA, path.field("numa").field("affinity"), report));
        boolean cores = task.resources().flatMap(Resources::cores).orElse(0) > 0;
        if (!cores && near.filter(word -> !word.equals("none")).isPresent()) {
            report.add(
                    Code.CONTRADICTION,
                    path.field("numa"),
                    "without cores there are none that could be near to each other",
                    "ask for whole cores: cores = 1");
        }
    }

    // ---- who the task is to others

    private static void tokens(Task task, Parts.TaskPart part, Report report) {
        Path path = part.path();
        Path vaultOfGroup =
                report.either(part.in().path().field("vault"), Path.ROOT.field("vault"));
        Path vaultPath = report.either(path.field("vault"), vaultOfGroup);
        task.vault()
                .ifPresent(vault ->
                        changes(vault.changeMode(), vault.changeSignal(), vaultPath, report));
        Set<String> names = new HashSet<>();
        for (int i = 0; i < task.identities().size(); i++) {
            Identity identity = task.identities().get(i);
            Path at = path.item("identities", i, "identity", identity.name().orElse(""));
            changes(identity.changeMode(), identity.changeSignal(), at, report);
            named(identity.name().orElse("default"), names, at, report);
            inside(identity.filepath(), at.field("filepath"), report);
        }
        names.clear();
        for (int i = 0; i < task.secrets().size(); i++) {
            Secret secret = task.secrets().get(i);
            Path at = path.item("secrets", i, "secret", secret.name());
            named(secret.name(), names, at, report);
            required(secret.provider(), "provider", "say who keeps it: \"nomad\"", at, report);
            required(secret.path(), "path", "say where its provider keeps it", at, report);
        }
    }

    private static void changes(
            Optional<String> mode, Optional<String> signal, Path path, Report report) {
        mode.filter(word -> !word.isEmpty())
                .ifPresent(word -> Word.check(word, CHANGES, path.field("changeMode"), report));
        signal.ifPresent(word -> signal(word, path.field("changeSignal"), report));
        if (mode.equals(Optional.of("signal")) && signal.orElse("").isEmpty()) {
            report.add(
                    Code.MISSING_FIELD,
                    path,
                    "change_mode = \"signal\" needs a change_signal",
                    "write change_signal = \"SIGHUP\", or what the program reads its files on");
        }
    }

    private static void named(String name, Set<String> seen, Path path, Report report) {
        if (!TOKEN.matcher(name).matches()) {
            report.add(
                    Code.INVALID_NAME,
                    path,
                    "\"" + name + "\" cannot be its name",
                    "files and variables are called after it",
                    "choose up to 128 letters, digits, - and _");
        }
        if (!seen.add(name)) {
            report.add(
                    Code.DUPLICATE_NAME,
                    path,
                    "the task has another one called \"" + name + "\"",
                    "give one of them another name");
        }
    }

    private static void required(
            Optional<String> text, String name, String fix, Path path, Report report) {
        if (text.orElse("").isEmpty()) {
            report.add(Code.MISSING_FIELD, path, name + " is required", fix);
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
        Set<String> names = new HashSet<>();
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
            if (!names.add(action.name())) {
                report.add(
                        Code.DUPLICATE_NAME,
                        path,
                        "the task has another action of this name",
                        "give one of them another name");
            }
            if (action.command().isEmpty()) {
                report.add(Code.MISSING_FIELD, path, "command is required", "");
            }
        }
    }
}
