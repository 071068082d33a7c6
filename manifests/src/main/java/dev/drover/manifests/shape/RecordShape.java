package dev.drover.manifests.shape;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;

/// A record type of the model: its components in order, and its constructor.
public final class RecordShape {
    private static final ClassValue<RecordShape> KNOWN =
            new ClassValue<>() {
                @Override
                protected RecordShape computeValue(Class<?> type) {
                    return new RecordShape(type.asSubclass(Record.class));
                }
            };

    private final Class<? extends Record> type;
    private final List<Component> components;
    private final MethodHandle constructor;

    private RecordShape(Class<? extends Record> type) {
        RecordComponent[] parts = type.getRecordComponents();
        Class<?>[] types = Stream.of(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            var lookup = MethodHandles.publicLookup();
            this.constructor =
                    lookup.findConstructor(type, MethodType.methodType(void.class, types))
                            .asSpreader(Object[].class, types.length)
                            .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type + " is not a public record", e);
        }
        this.type = type;
        this.components = Stream.of(parts).map(Component::of).toList();
    }

    /// What `type` is made of.
    ///
    /// @throws IllegalArgumentException when the record is not public, or holds a type the model
    ///   may not use
    public static RecordShape of(Class<? extends Record> type) {
        return KNOWN.get(type);
    }

    /// The record's class.
    public Class<? extends Record> type() {
        return type;
    }

    /// In the order they are declared in.
    public List<Component> components() {
        return components;
    }

    /// A record of these values, one for each component in order; what its constructor refuses is
    /// thrown as it is.
    public Object create(Object[] values) {
        return Component.call(() -> constructor.invokeExact(values));
    }
}
