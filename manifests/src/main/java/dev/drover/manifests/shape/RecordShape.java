package dev.drover.manifests.shape;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A record type of the model: its components in order, and its constructor. Called by plain
/// reflection: method handles cost every short-lived command a tenth of a second, and a node
/// megabytes, for code that the JVM makes for each of them.
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
    private final Map<Dialect, SortedMap<String, Component>> byName = new EnumMap<>(Dialect.class);
    private final Constructor<? extends Record> constructor;
    private volatile Set<Class<? extends Record>> inside = Set.of();

    private RecordShape(Class<? extends Record> type) {
        if (!Modifier.isPublic(type.getModifiers())) {
            throw new IllegalArgumentException(type + " is not a public record");
        }
        RecordComponent[] parts = type.getRecordComponents();
        Class<?>[] types = Stream.of(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            this.constructor = type.getConstructor(types);
            constructor.setAccessible(true); // as with components
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a record without its own constructor: " + type, e);
        }
        this.type = type;
        this.components = Stream.of(parts).map(part -> Component.of(type, part)).toList();
        for (Dialect dialect : Dialect.values()) {
            SortedMap<String, Component> named = new TreeMap<>();
            components.stream()
                    .filter(component -> component.isIn(dialect))
                    .forEach(component -> named.putIfAbsent(component.name(dialect), component));
            byName.put(dialect, Collections.unmodifiableSortedMap(named));
        }
    }

    /// What `type` is made of.
    ///
    /// @throws IllegalArgumentException when the record is not public, or holds a type the model
    ///   may not use
    public static RecordShape of(Class<? extends Record> type) {
        return KNOWN.get(type);
    }

    /// The record types that a record of this type may hold, itself included.
    Set<Class<? extends Record>> inside() {
        Set<Class<? extends Record>> found = inside;
        if (found.isEmpty()) { // two who find it out at once find the same
            Set<Class<? extends Record>> all = new HashSet<>();
            collect(type, all);
            found = Set.copyOf(all);
            inside = found;
        }
        return found;
    }

    private static void collect(Class<? extends Record> type, Set<Class<? extends Record>> all) {
        if (all.add(type)) {
            of(type).components().forEach(component -> collect(component.shape(), all));
        }
    }

    private static void collect(Shape shape, Set<Class<? extends Record>> all) {
        switch (shape) {
            case Shape.Struct(var type) -> collect(type, all);
            case Shape.Maybe(Shape of) -> collect(of, all);
            case Shape.Items(Shape of) -> collect(of, all);
            case Shape.Fields(Shape of) -> collect(of, all);
            case Shape.Scalar _, Shape.Union _ -> {} // nothing inside is filled
        }
    }

    /// The record's class.
    public Class<? extends Record> type() {
        return type;
    }

    /// The component that is called so in a dialect.
    public Optional<Component> component(String name, Dialect dialect) {
        return Optional.ofNullable(named(dialect).get(name));
    }

    /// What the components are called in a dialect, in alphabetical order.
    Set<String> names(Dialect dialect) {
        return named(dialect).keySet();
    }

    private SortedMap<String, Component> named(Dialect dialect) {
        return Objects.requireNonNull(byName.get(dialect), "every dialect has its names");
    }

    /// In the order they are declared in.
    public List<Component> components() {
        return components;
    }

    /// A record of these values, one for each component in order; what its constructor refuses is
    /// thrown as it is.
    public Object create(Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw Component.failed(e);
        }
    }
}
