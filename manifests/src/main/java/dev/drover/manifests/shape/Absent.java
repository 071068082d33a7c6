package dev.drover.manifests.shape;

import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.GitSourceStatus;
import dev.drover.manifests.model.JobStatus;
import dev.drover.manifests.model.NodeSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What a component is when nobody wrote it.
final class Absent {

    /// Records that a person need not write: what the thing has before anybody has said anything.
    private static final Map<Class<? extends Record>, Supplier<Record>> UNSEEN =
            Map.of(
                    JobStatus.class, JobStatus::unseen,
                    AllocationStatus.class, AllocationStatus::unseen,
                    GitSourceStatus.class, GitSourceStatus::unseen,
                    NodeSpec.class, NodeSpec::open);

    private Absent() {}

    /// Empty when the component cannot be without a value.
    static Optional<Object> of(Shape slot) {
        return switch (slot) {
            case Shape.Maybe _ -> Optional.of(Optional.empty());
            case Shape.Items _ -> Optional.of(List.of());
            case Shape.Fields _ -> Optional.of(Map.of());
            case Shape.Text _ -> Optional.of("");
            case Shape.Int _ -> Optional.of(0);
            case Shape.Wide _ -> Optional.of(0L);
            case Shape.Flag _ -> Optional.of(false);
            case Shape.Struct(var type) -> Optional.ofNullable(UNSEEN.get(type)).map(Supplier::get);
            case Shape.Decimal _, Shape.Moment _, Shape.Span _, Shape.Choice _, Shape.Union _ ->
                    Optional.empty();
        };
    }
}
