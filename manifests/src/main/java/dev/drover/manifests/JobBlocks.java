package dev.drover.manifests;

import dev.drover.manifests.hcl.HclReader.BlockTypes;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Secret;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.VaultOptions;
import dev.drover.manifests.shape.Component;
import dev.drover.manifests.shape.Dialect;
import dev.drover.manifests.shape.FieldNames;
import dev.drover.manifests.shape.Kinds;
import dev.drover.manifests.shape.RecordShape;
import dev.drover.manifests.shape.Shape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What is a block in HCL: at the top of a file resources and inputs, inside of them whatever is a
/// record in the model.
final class JobBlocks {

    private JobBlocks() {}

    /// A block's number of labels, and what it holds.
    private record Known(int labels, BlockTypes inside) {}

    /// The blocks of a file.
    static BlockTypes ofFile() {
        Map<String, Known> known = new HashMap<>();
        known.put("variable", new Known(1, new OfVariable()));
        known.put("variables", LEAF);
        known.put("locals", LEAF);
        for (Kind kind : Kind.values()) {
            known.put(HclDocument.type(kind), new Known(1, ofKind(kind)));
        }
        return new ByName(known);
    }

    private static final Known LEAF = new Known(0, BlockTypes.NONE);

    private static BlockTypes ofKind(Kind kind) {
        return RecordShape.of(Kinds.type(kind)).components().stream()
                .filter(component -> component.name().equals("spec"))
                .map(component -> record(component.shape()))
                .flatMap(Optional::stream)
                .<BlockTypes>map(OfRecord::new)
                .findFirst()
                .orElse(BlockTypes.NONE);
    }

    private static Optional<Class<? extends Record>> record(Shape shape) {
        return switch (shape) {
            case Shape.Struct(var type) -> Optional.of(type);
            case Shape.Maybe(Shape of) -> record(of);
            case Shape.Items(Shape of) -> record(of);
            case Shape.Scalar _, Shape.Fields _, Shape.Union _ -> Optional.empty();
        };
    }

    private static boolean isMap(Shape shape) {
        return shape instanceof Shape.Fields || shape instanceof Shape.Maybe(Shape.Fields _);
    }

    private record ByName(Map<String, Known> known) implements BlockTypes {
        @Override
        public OptionalInt labels(String name) {
            Known block = known.get(name);
            return block == null ? OptionalInt.empty() : OptionalInt.of(block.labels());
        }

        @Override
        public BlockTypes inside(String name) {
            return known.getOrDefault(name, LEAF).inside();
        }
    }

    private record OfVariable() implements BlockTypes {
        @Override
        public OptionalInt labels(String name) {
            return name.equals("validation") ? OptionalInt.of(0) : OptionalInt.empty();
        }

        @Override
        public BlockTypes inside(String name) {
            return NONE;
        }

        @Override
        public boolean isExpression(String name) {
            return name.equals("type");
        }
    }

    private record OfRecord(Class<? extends Record> type) implements BlockTypes {
        @Override
        public OptionalInt labels(String name) {
            if (name.equals("dynamic")) {
                return OptionalInt.of(1);
            }
            Optional<Class<? extends Record>> block = block(name);
            if (block.isPresent()) {
                return OptionalInt.of(FieldNames.label(block.get()).isPresent() ? 1 : 0);
            }
            boolean map = component(name).filter(Component::isMapBlock).isPresent();
            return map ? OptionalInt.of(0) : OptionalInt.empty();
        }

        @Override
        public BlockTypes inside(String name) {
            return block(name).<BlockTypes>map(OfRecord::new).orElse(NONE);
        }

        @Override
        public Set<String> names() {
            Set<String> names = new HashSet<>();
            for (Component component : RecordShape.of(type).components()) {
                if (record(component.shape()).isPresent() || isMap(component.shape())) {
                    names.add(component.name(Dialect.HCL));
                }
            }
            if (type == JobSpec.class) {
                names.add("task");
            }
            if (type == JobSpec.class || type == TaskGroup.class) {
                names.addAll(List.of("vault", "secret"));
            }
            return names;
        }

        /// Also what [JobForms] moves to where the model has it.
        private Optional<Class<? extends Record>> block(String name) {
            boolean job = type == JobSpec.class;
            if (job && name.equals("task")) {
                return Optional.of(Task.class);
            }
            if ((job || type == TaskGroup.class) && name.equals("vault")) {
                return Optional.of(VaultOptions.class);
            }
            if ((job || type == TaskGroup.class) && name.equals("secret")) {
                return Optional.of(Secret.class);
            }
            return component(name).flatMap(component -> record(component.shape()));
        }

        private Optional<Component> component(String name) {
            return RecordShape.of(type).component(name, Dialect.HCL);
        }
    }
}
