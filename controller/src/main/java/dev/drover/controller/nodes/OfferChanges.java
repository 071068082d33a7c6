package dev.drover.controller.nodes;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.ServiceInstance;
import dev.drover.store.Change;
import dev.drover.store.typed.TypedChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// What becomes of services while somebody watches them: which instances came, changed and went
/// with each change of an allocation. Knows what was told, so nothing is told twice. Belongs to one
/// watch.
public final class OfferChanges {
    private final Predicate<ServiceInstance> wanted;

    /// By the allocation's id, then by the service's name and the place among those of that name.
    private final Map<String, Map<String, ServiceInstance>> told = new HashMap<>();

    /// One instance.
    public record Event(Change.Type type, ServiceInstance instance) {}

    /// Of those that somebody wants to see; nothing was told yet.
    public OfferChanges(Predicate<ServiceInstance> wanted) {
        this.wanted = wanted;
    }

    /// What is offered when the watch begins.
    public List<Event> begin(List<ServiceInstance> offered) {
        Map<String, List<ServiceInstance>> byAllocation = new LinkedHashMap<>();
        offered.forEach(one ->
                byAllocation.computeIfAbsent(one.allocation(), _ -> new ArrayList<>()).add(one));
        List<Event> events = new ArrayList<>();
        byAllocation.forEach((allocation, now) -> events.addAll(changes(allocation, now)));
        return events;
    }

    /// What a change of an allocation means.
    public List<Event> of(TypedChange<Allocation> change) {
        Allocation allocation = change.current();
        boolean gone = change.type() == Change.Type.DELETED || !allocation.live();
        return changes(
                allocation.id(),
                gone
                        ? List.of()
                        : allocation.status().services().stream()
                                .map(state -> ServiceInstance.of(allocation, state))
                                .toList());
    }

    private List<Event> changes(String allocation, List<ServiceInstance> offered) {
        Map<String, ServiceInstance> now = new LinkedHashMap<>();
        offered.stream().filter(wanted).forEach(one -> now.put(key(one, now), one));
        Map<String, ServiceInstance> before =
                Optional.ofNullable(told.remove(allocation)).orElse(Map.of());
        if (!now.isEmpty()) {
            told.put(allocation, now);
        }
        List<Event> events = new ArrayList<>();
        before.forEach((key, one) -> {
            if (!now.containsKey(key)) {
                events.add(new Event(Change.Type.DELETED, one));
            }
        });
        now.forEach((key, one) -> {
            Optional<ServiceInstance> old = Optional.ofNullable(before.get(key));
            if (!old.equals(Optional.of(one))) {
                events.add(
                        new Event(old.isPresent() ? Change.Type.MODIFIED : Change.Type.ADDED, one));
            }
        });
        return events;
    }

    /// An allocation may offer one service several times, at other ports.
    private static String key(ServiceInstance one, Map<String, ServiceInstance> before) {
        int place = 0;
        while (before.containsKey(one.name() + " " + place)) {
            place++;
        }
        return one.name() + " " + place;
    }
}
