package dev.drover.manifests.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A name under which others find a group or task.
///
/// @param name absent: made from job, group and task
/// @param port a label of the network, or a number
/// @param provider who keeps the register; `consul` in Nomad, ours when `nomad` or absent
public record Service(
        Optional<String> name,
        Optional<String> provider,
        Optional<String> port,
        Optional<String> address,
        Optional<String> addressMode,
        List<String> tags,
        List<String> canaryTags,
        Map<String, String> meta,
        Map<String, String> canaryMeta,
        Map<String, String> taggedAddresses,
        Optional<Boolean> enableTagOverride,
        Optional<String> onUpdate,
        Optional<String> task,
        Optional<String> kind,
        Optional<String> cluster,
        Optional<CheckRestart> checkRestart,
        List<Check> checks,
        Optional<Connect> connect,
        Optional<Identity> identity,
        Optional<ServiceWeights> weights) {
    public Service {
        tags = List.copyOf(tags);
        canaryTags = List.copyOf(canaryTags);
        meta = Copies.sorted(meta);
        canaryMeta = Copies.sorted(canaryMeta);
        taggedAddresses = Copies.sorted(taggedAddresses);
        checks = List.copyOf(checks);
    }
}
