package dev.drover.reconcilers.counting;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.JobType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One of a group's places to fill: the index of a copy, or (for system jobs) a node.
///
/// @param index from 0; 0 for every node of a system job
/// @param node the node it is bound to
public record Slot(int index, Optional<String> node) implements Comparable<Slot> {
    private static final Comparator<Allocation> NEWEST_FIRST =
            Comparator.comparingInt((Allocation a) -> a.spec().attempt()).reversed();

    /// The slot of a copy.
    public static Slot of(int index) {
        return new Slot(index, Optional.empty());
    }

    /// A system job's slot on a node.
    public static Slot on(String node) {
        return new Slot(0, Optional.of(node));
    }

    /// How a job of this type tells the slot of an allocation.
    public static Function<Allocation, Slot> slots(JobType type) {
        return switch (type) {
            case SERVICE, BATCH -> allocation -> of(allocation.spec().index());
            case SYSTEM, SYSBATCH -> allocation -> on(allocation.spec().node());
        };
    }

    /// The copies of each slot that has some, newest attempt first.
    public static SortedMap<Slot, List<Allocation>> newestFirst(
            List<Allocation> group, Function<Allocation, Slot> slot) {
        SortedMap<Slot, List<Allocation>> bySlot = new TreeMap<>();
        for (Allocation allocation : group) {
            bySlot.computeIfAbsent(slot.apply(allocation), _ -> new ArrayList<>()).add(allocation);
        }
        bySlot.values().forEach(copies -> copies.sort(NEWEST_FIRST));
        return bySlot;
    }

    /// The copies of one slot in two lines that follow their own failures: those that hold it, and
    /// the canaries beside them.
    public static List<List<Allocation>> lanes(List<Allocation> slot) {
        Map<Boolean, List<Allocation>> byLane =
                slot.stream().collect(Collectors.partitioningBy(copy -> copy.spec().canary()));
        return byLane.values().stream().filter(lane -> !lane.isEmpty()).toList();
    }

    /// The copy that holds a slot, or held it last: the newest, but an older one where that one was
    /// told to stop for its sake. Who is lost was not: it held the slot until then.
    ///
    /// @param lane one of the slot's lanes, newest first; at least one copy
    public static Allocation last(List<Allocation> lane) {
        return lane.stream()
                .filter(copy ->
                        copy.spec().desired() == DesiredState.RUN
                                || copy.status().phase() == AllocationPhase.LOST)
                .findFirst()
                .orElse(lane.getFirst());
    }

    /// The ids of a group's allocations: the same decision makes the same id, so a repeated one
    /// writes nothing twice and two in one slot are refused by the key itself.
    public static final class Ids {
        private final byte[] group;
        private final MessageDigest digest = sha256();

        /// Of one of the job's groups.
        public Ids(String jobUid, String group) {
            this.group = (jobUid + '\n' + group + '\n').getBytes(StandardCharsets.UTF_8);
        }

        /// The id of the slot's allocation with that number.
        ///
        /// @param nodeUid of the slot's node, if it is bound to one: of another node by the same
        ///   name the numbers begin anew, and the one before may still have its copies
        public UUID of(Slot slot, Optional<String> nodeUid, int attempt) {
            String rest =
                    slot.index
                            + "\n"
                            + slot.node.orElse("")
                            + nodeUid.map(uid -> '\n' + uid).orElse("")
                            + '\n'
                            + attempt;
            digest.update(group);
            digest.update(rest.getBytes(StandardCharsets.UTF_8));
            return uuid(digest.digest());
        }
    }

    /// A text of the form of a UUID that depends on `from` alone.
    public static String hash(String from) {
        return uuid(sha256().digest(from.getBytes(StandardCharsets.UTF_8))).toString();
    }

    private static UUID uuid(byte[] digest) {
        ByteBuffer bytes = ByteBuffer.wrap(digest);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public int compareTo(Slot other) {
        int byIndex = Integer.compare(index, other.index);
        return byIndex != 0 ? byIndex : node.orElse("").compareTo(other.node.orElse(""));
    }
}
