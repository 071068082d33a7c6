package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Affinity;
import dev.drover.manifests.model.Constraint;
import dev.drover.manifests.model.DeviceRequest;
import dev.drover.manifests.model.GrantedDevice;
import dev.drover.manifests.model.NodeDevice;
import dev.drover.reconcilers.constraint.Quantity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Gives out the cores and the devices of one node, each to one copy at a time.
final class Devices {
    private Devices() {}

    /// Why the node has not got them; empty when it has.
    static Optional<Refusal> refuse(Ask ask, Room room, int node) {
        Optional<Refusal> cores = tooFewCores(ask, room, node);
        if (cores.isPresent() || ask.demand().devices().isEmpty()) {
            return cores;
        }
        Set<String> used = new HashSet<>(room.own(node).devices());
        for (Ask.DeviceAsk some : ask.demand().devices()) {
            Optional<GrantedDevice> given = given(some, room, node, used);
            if (given.isEmpty()) {
                return Optional.of(refusal(some.request(), room, node));
            }
            use(used, given.get());
        }
        return Optional.empty();
    }

    /// Why the node has not got the cores; empty when it has, or none are asked for.
    static Optional<Refusal> tooFewCores(Ask ask, Room room, int node) {
        int asked = ask.demand().cores();
        int free = asked == 0 ? 0 : freeCores(room, node);
        return asked > free
                ? Optional.of(new Refusal.Exhausted("cores", "", asked, free))
                : Optional.empty();
    }

    private static int freeCores(Room room, int node) {
        return room.all(node).cores() - room.own(node).cores().cardinality();
    }

    /// The first free cores. The node has enough of them.
    static List<Integer> cores(Ask ask, Room room, int node) {
        if (ask.demand().cores() == 0) {
            return List.of();
        }
        List<Integer> cores = new ArrayList<>();
        for (int core = 0; cores.size() < ask.demand().cores(); core++) {
            if (!room.own(node).cores().get(core)) {
                cores.add(core);
            }
        }
        return cores;
    }

    /// Devices for every task that asks for some. The node has enough of them.
    static List<GrantedDevice> grant(Ask ask, Room room, int node) {
        if (ask.demand().devices().isEmpty()) {
            return List.of();
        }
        List<GrantedDevice> granted = new ArrayList<>();
        Set<String> used = new HashSet<>(room.own(node).devices());
        for (Ask.DeviceAsk some : ask.demand().devices()) {
            GrantedDevice given = given(some, room, node, used).orElseThrow();
            use(used, given);
            granted.add(given);
        }
        return granted;
    }

    private static void use(Set<String> used, GrantedDevice device) {
        device.ids().forEach(id -> used.add(device.name() + '/' + id));
    }

    /// Of the models that do and of which enough are free the one that the task likes best; of
    /// those that it likes alike the first by name.
    private static Optional<GrantedDevice> given(
            Ask.DeviceAsk asked, Room room, int node, Set<String> used) {
        DeviceRequest request = asked.request();
        int count = request.count().orElse(1);
        Optional<GrantedDevice> best = Optional.empty();
        double liked = Double.NEGATIVE_INFINITY;
        for (NodeDevice model : room.all(node).devices()) {
            List<String> free =
                    model.ids().stream()
                            .filter(id -> !used.contains(model.name() + '/' + id))
                            .limit(count)
                            .toList();
            double likes = liked(request, model);
            if (free.size() == count && does(request, model) && likes > liked) {
                best = Optional.of(new GrantedDevice(asked.task(), model.name(), free));
                liked = likes;
            }
        }
        return best;
    }

    private static Refusal refusal(DeviceRequest request, Room room, int node) {
        int does =
                room.all(node).devices().stream()
                        .filter(model -> does(request, model))
                        .mapToInt(model -> model.ids().size())
                        .sum();
        return new Refusal.NoDevice(request.name(), request.count().orElse(1), does);
    }

    /// Whether a model is of the name that is asked for and all constraints hold.
    private static boolean does(DeviceRequest request, NodeDevice model) {
        return model.isCalled(request.name())
                && request.constraints().stream().allMatch(c -> holds(c, model));
    }

    private static boolean holds(Constraint constraint, NodeDevice model) {
        return Quantity.hold(
                Where.operator(constraint),
                constraint.attribute().flatMap(side -> side(side, model)),
                constraint.value().flatMap(side -> side(side, model)));
    }

    /// From -1 to 1: the weights of the affinities that hold by all weights.
    private static double liked(DeviceRequest request, NodeDevice model) {
        double all = 0;
        double matched = 0;
        for (Affinity affinity : request.affinities()) {
            int weight = affinity.weight().orElse(50);
            all += Math.abs(weight);
            boolean holds =
                    Quantity.hold(
                            affinity.operator().orElse("="),
                            affinity.attribute().flatMap(side -> side(side, model)),
                            affinity.value().flatMap(side -> side(side, model)));
            matched += holds ? weight : 0;
        }
        return all == 0 ? 0 : matched / all;
    }

    /// How much the task likes the devices that it would get on the node; empty when it does not
    /// say.
    static double liked(Ask ask, Room room, int node) {
        double sum = 0;
        int asks = 0;
        Set<String> used = new HashSet<>(room.own(node).devices());
        for (Ask.DeviceAsk some : ask.demand().devices()) {
            Optional<GrantedDevice> given = given(some, room, node, used);
            if (given.isPresent() && !some.request().affinities().isEmpty()) {
                use(used, given.get());
                sum += liked(some.request(), model(given.get(), room, node));
                asks++;
            }
        }
        return asks == 0 ? Double.NaN : sum / asks;
    }

    private static NodeDevice model(GrantedDevice device, Room room, int node) {
        return room.all(node).devices().stream()
                .filter(model -> model.name().equals(device.name()))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<String> side(String side, NodeDevice model) {
        if (!side.startsWith("${") || !side.endsWith("}")) {
            return Optional.of(side);
        }
        String name = side.substring(2, side.length() - 1).strip();
        return name.startsWith("device.attr.")
                ? Optional.ofNullable(model.attributes().get(name.substring(12)))
                : switch (name) {
                    case "device.vendor" -> Optional.of(model.vendor());
                    case "device.type" -> Optional.of(model.type());
                    case "device.model" -> Optional.of(model.model());
                    case "device.ids" -> Optional.of(String.join(",", model.ids()));
                    default -> Optional.empty();
                };
    }
}
