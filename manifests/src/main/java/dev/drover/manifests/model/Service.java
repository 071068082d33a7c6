package dev.drover.manifests.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A name under which others find a group or task.
///
/// @param name absent: made from job, group and task
/// @param provider who keeps the register; `consul` in Nomad, ours when `nomad` or absent
/// @param port a label of the network, or a number
/// @param address an address that is shown instead of the found one
/// @param addressMode whose address is shown: `auto`, `host`, `alloc`, `alloc_ipv6` or `driver`
/// @param tags words by which it is found
/// @param canaryTags the same while a copy is a canary
/// @param meta named words that are shown with it
/// @param canaryMeta the same while a copy is a canary
/// @param taggedAddresses further addresses by name
/// @param enableTagOverride whether others may change its tags
/// @param onUpdate whether a deployment waits for its checks
/// @param task the task whose end takes a group's service away
/// @param kind what it is in the mesh
/// @param cluster which of several Consul clusters
/// @param checkRestart when a failing check restarts the task, for checks that say nothing
///   themselves
/// @param checks how its health is found out
/// @param connect how it takes part in the mesh
/// @param identity the token by which it is registered
/// @param weights how many requests it gets against others
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
