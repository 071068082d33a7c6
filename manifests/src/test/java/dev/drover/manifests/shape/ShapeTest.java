package dev.drover.manifests.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.GrantedPort;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.OwnerReference;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.TaskState;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShapeTest {
    @Test
    void a_record_is_read_and_made_by_its_components() {
        RecordShape shape = RecordShape.of(OwnerReference.class);
        OwnerReference owner = new OwnerReference(Kind.JOB, "web", "uid-1");

        Object[] values = shape.components().stream().map(c -> c.read(owner)).toArray();

        assertThat(shape.components())
                .extracting(Component::name)
                .containsExactly("kind", "name", "uid");
        assertThat(shape.create(values)).isEqualTo(owner);
    }

    @Test
    void optionals_and_lists_say_what_they_hold() {
        RecordShape shape = RecordShape.of(TaskState.class);

        assertThat(shape.components().get(3).shape())
                .isEqualTo(new Shape.Maybe(new Shape.Union(Exit.class)));
    }

    @Test
    void a_sealed_interface_has_variants() {
        assertThat(UnionShape.of(Exit.class).variants())
                .containsExactly(
                        Exit.Code.class,
                        Exit.Signal.class,
                        Exit.OutOfMemory.class,
                        Exit.Unseen.class);
    }

    @Test
    void the_whole_model_uses_known_types() {
        Set<Class<?>> seen = new HashSet<>();
        Deque<Shape> open = new ArrayDeque<>();
        open.add(Shape.of(Resource.class));
        while (!open.isEmpty()) {
            switch (open.remove()) {
                case Shape.Struct(var type) when seen.add(type) ->
                        RecordShape.of(type).components().forEach(c -> open.add(c.shape()));
                case Shape.Union(var type) when seen.add(type) ->
                        UnionShape.of(type).variants().forEach(v -> open.add(Shape.of(v)));
                case Shape.Maybe(var of) -> open.add(of);
                case Shape.Items(var of) -> open.add(of);
                case Shape.Fields(var of) -> open.add(of);
                case Shape.Struct _, Shape.Union _, Shape.Choice _ -> {}
                case Shape.Text _, Shape.Flag _, Shape.Int _, Shape.Wide _ -> {}
                case Shape.Decimal _, Shape.Moment _, Shape.Span _ -> {}
            }
        }
        assertThat(seen).contains(GrantedPort.class).hasSizeGreaterThan(50);
    }

    @Test
    void a_foreign_type_is_refused_by_name() {
        assertThatThrownBy(() -> Shape.of(LocalDate.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.time.LocalDate");
    }
}
