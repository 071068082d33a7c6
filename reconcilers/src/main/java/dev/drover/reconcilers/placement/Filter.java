package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Constraint;
import dev.drover.manifests.model.DriverState;
import dev.drover.manifests.model.Glob;
import dev.drover.manifests.model.HostVolume;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.VolumeRequest;
import dev.drover.reconcilers.constraint.Operators;
import dev.drover.reconcilers.constraint.Properties;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One question to a node about what does not change from one copy to the next.
interface Filter {
    /// Whether the node takes anything new at all, most lasting reason first.
    List<Filter> READY = List.of(Filter::phase, Filter::drain, Filter::eligibility);

    /// Whether it is the kind of node that is asked for, cheapest question first.
    List<Filter> SUITED =
            List.of(
                    Filter::pool,
                    Filter::datacenter,
                    Filter::drivers,
                    Filter::volumes,
                    Filter::constraints);

    /// Whether it is still the kind of node for what runs there: that has its driver and volumes,
    /// whatever the node says of them now.
    List<Filter> KEPT = List.of(Filter::pool, Filter::datacenter, Filter::constraints);

    /// Why the node does not do; empty when it does.
    Optional<Refusal> refuse(Where where, Node node);

    /// The first of the list's refusals.
    static Optional<Refusal> first(List<Filter> filters, Where where, Node node) {
        for (Filter filter : filters) {
            Optional<Refusal> refusal = filter.refuse(where, node);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> phase(Where where, Node node) {
        return node.status().phase() == NodePhase.READY
                ? Optional.empty()
                : Optional.of(new Refusal.NotReady(node.status().phase(), node.status().because()));
    }

    private static Optional<Refusal> drain(Where where, Node node) {
        return node.spec().drain().map(_ -> new Refusal.Draining());
    }

    private static Optional<Refusal> eligibility(Where where, Node node) {
        return node.spec().eligible() ? Optional.empty() : Optional.of(new Refusal.Ineligible());
    }

    private static Optional<Refusal> pool(Where where, Node node) {
        String pool = node.status().pool();
        return where.pool().equals("all") || where.pool().equals(pool)
                ? Optional.empty()
                : Optional.of(new Refusal.OtherPool(where.pool(), pool));
    }

    private static Optional<Refusal> datacenter(Where where, Node node) {
        String datacenter = node.status().datacenter();
        return where.datacenters().stream().anyMatch(glob -> new Glob(glob).matches(datacenter))
                ? Optional.empty()
                : Optional.of(
                        new Refusal.OtherDatacenter(
                                String.join(", ", where.datacenters()), datacenter));
    }

    private static Optional<Refusal> drivers(Where where, Node node) {
        Map<String, DriverState> drivers = node.status().drivers();
        for (String wanted : where.drivers()) {
            DriverState state = drivers.get(wanted);
            if (state == null) {
                return Optional.of(new Refusal.NoDriver(wanted, "the node does not have it"));
            }
            if (!state.healthy()) {
                return Optional.of(new Refusal.NoDriver(wanted, state.because()));
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> volumes(Where where, Node node) {
        for (VolumeRequest request : where.volumes()) {
            String source = request.source().orElse(request.name());
            HostVolume volume = node.status().hostVolumes().get(source);
            if (volume == null) {
                return Optional.of(new Refusal.NoVolume(source, "the node does not have it"));
            }
            if (volume.readOnly() && !request.readOnly().orElse(false)) {
                return Optional.of(
                        new Refusal.NoVolume(source, "the job writes to it, it is read-only"));
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> constraints(Where where, Node node) {
        for (Constraint constraint : where.constraints()) {
            Optional<String> left = constraint.attribute().flatMap(a -> Properties.of(node, a));
            Optional<String> right = constraint.value().flatMap(v -> Properties.of(node, v));
            if (!Operators.hold(Where.operator(constraint), left, right)) {
                return Optional.of(new Refusal.Unmet(text(constraint), left));
            }
        }
        return Optional.empty();
    }

    /// A constraint as people write it.
    static String text(Constraint constraint) {
        return "%s %s %s"
                .formatted(
                        constraint.attribute().orElse(""),
                        Where.operator(constraint),
                        constraint.value().orElse(""))
                .strip();
    }
}
