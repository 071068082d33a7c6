package dev.drover.manifests.validate;

import dev.drover.manifests.model.CsiPlugin;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.VolumeMount;
import dev.drover.manifests.model.VolumeRequest;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import dev.drover.manifests.tree.Suggestion;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Volumes of groups and where tasks mount them.
final class VolumeRules {
    private static final List<String> TYPES = List.of("host", "csi");
    private static final List<String> PROPAGATION =
            List.of("private", "host-to-task", "bidirectional");

    private static final List<String> ACCESS =
            List.of(
                    "single-node-reader-only",
                    "single-node-writer",
                    "single-node-single-writer",
                    "single-node-multi-writer",
                    "multi-node-reader-only",
                    "multi-node-single-writer",
                    "multi-node-multi-writer");
    private static final List<String> ATTACHMENT = List.of("file-system", "block-device");
    private static final List<String> PLUGINS = List.of("node", "controller", "monolith");

    private VolumeRules() {}

    static void check(Job job, Report report) {
        for (Parts.GroupPart part : Parts.groups(job)) {
            Set<String> names = new HashSet<>();
            List<VolumeRequest> volumes = part.group().volumes();
            for (int i = 0; i < volumes.size(); i++) {
                VolumeRequest volume = volumes.get(i);
                Path path = part.path().item("volumes", i, "volume", volume.name());
                volume(volume, path, report);
                if (!names.add(volume.name())) {
                    report.add(
                            Code.DUPLICATE_NAME,
                            path,
                            "the group has another volume of this name",
                            "give one of them another name");
                }
            }
            for (Parts.TaskPart task : Parts.tasks(part)) {
                mounts(task, names, report);
                Path plugin = task.path().field("csiPlugin");
                task.task().csiPlugin().ifPresent(csi -> plugin(csi, plugin, report));
            }
        }
    }

    private static void volume(VolumeRequest volume, Path path, Report report) {
        if (volume.type().isEmpty()) {
            report.add(
                    Code.MISSING_FIELD,
                    path,
                    "type is required",
                    "write type = \"host\" or \"csi\"");
        }
        volume.type().ifPresent(type -> Word.check(type, TYPES, path.field("type"), report));
        volume.accessMode()
                .filter(mode -> !mode.isEmpty())
                .ifPresent(mode -> Word.check(mode, ACCESS, path.field("accessMode"), report));
        volume.attachmentMode()
                .filter(mode -> !mode.isEmpty())
                .ifPresent(
                        mode -> Word.check(mode, ATTACHMENT, path.field("attachmentMode"), report));
        boolean perAlloc = volume.perAlloc().orElse(false);
        if (volume.source().isEmpty() && !perAlloc) {
            report.add(
                    Code.MISSING_FIELD,
                    path,
                    "source is required",
                    "name the volume of the node: source = …");
        }
        if (perAlloc && volume.sticky().orElse(false)) {
            report.add(
                    Code.CONTRADICTION,
                    path,
                    "per_alloc and sticky exclude each other",
                    "keep one");
        }
    }

    private static void plugin(CsiPlugin plugin, Path path, Report report) {
        if (plugin.id().orElse("").isEmpty()) {
            report.add(
                    Code.MISSING_FIELD, path, "id is required", "volumes name their plugin by it");
        }
        Word.check(plugin.type().orElse(""), PLUGINS, path.field("type"), report);
    }

    private static void mounts(Parts.TaskPart part, Set<String> names, Report report) {
        List<VolumeMount> mounts = part.task().volumeMounts();
        for (int i = 0; i < mounts.size(); i++) {
            VolumeMount mount = mounts.get(i);
            Path path = part.path().item("volumeMounts", i, "volume_mount");
            mount.propagationMode()
                    .ifPresent(mode ->
                            Word.check(mode, PROPAGATION, path.field("propagationMode"), report));
            if (mount.destination().isEmpty()) {
                report.add(
                        Code.MISSING_FIELD,
                        path,
                        "destination is required",
                        "say where to mount it");
            }
            String name = mount.volume().orElse("");
            if (!names.contains(name)) {
                String fix =
                        Suggestion.of(name, names)
                                .map(near -> "did you mean \"" + near + "\"?")
                                .orElse("add volume \"" + name + "\" { … } to the group");
                report.add(
                        Code.UNKNOWN_PART,
                        path.field("volume"),
                        "the group has no volume \"" + name + "\"",
                        fix);
            }
        }
    }
}
