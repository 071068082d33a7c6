package dev.drover.manifests.shape;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;

/// A component of a record: its name, what it may hold, and how to read it.
public final class Component {
    private final String name;
    private final Shape shape;
    private final MethodHandle accessor;

    private Component(String name, Shape shape, MethodHandle accessor) {
        this.name = name;
        this.shape = shape;
        this.accessor = accessor;
    }

    static Component of(RecordComponent component) {
        try {
            MethodHandle accessor =
                    MethodHandles.publicLookup()
                            .unreflect(component.getAccessor())
                            .asType(MethodType.methodType(Object.class, Object.class));
            return new Component(
                    component.getName(), Shape.of(component.getGenericType()), accessor);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(component + " is not public", e);
        }
    }

    /// As declared, which is also the name in YAML and JSON.
    public String name() {
        return name;
    }

    /// What it may hold.
    public Shape shape() {
        return shape;
    }

    /// Its value in `record`.
    public Object read(Record record) {
        return call(() -> accessor.invokeExact((Object) record));
    }

    @FunctionalInterface
    interface Call {
        Object invoke() throws Throwable;
    }

    /// Method handles may throw anything; what the model's constructors and accessors throw is
    /// unchecked.
    static Object call(Call call) {
        try {
            return call.invoke();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a record threw a checked exception", e);
        }
    }
}
