package dev.drover.manifests.model;

import java.util.List;
import java.util.Optional;

/// A network of a group (or, in the old form, of a task) and its ports.
///
/// @param mode `host` when absent; `bridge`, `none`, `cni/NAME`
/// @param hostname the tasks' host name, in a network of their own
/// @param dns how the tasks look up names
/// @param device nothing any more: the node chooses its network card
/// @param cidr nothing any more, for the same reason
/// @param ip nothing any more: the node says which address it has
/// @param mbits nothing any more: bandwidth is not counted
/// @param ports by label
/// @param cni what a CNI plugin is told
public record Network(
        Optional<String> mode,
        Optional<String> hostname,
        Optional<Dns> dns,
        Optional<String> device,
        Optional<String> cidr,
        Optional<String> ip,
        Optional<Integer> mbits,
        List<Port> ports,
        Optional<Cni> cni) {
    public Network {
        ports = List.copyOf(ports);
    }
}
