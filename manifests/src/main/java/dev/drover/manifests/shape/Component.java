package dev.drover.manifests.shape;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;

/// A component of a record: its name, what it may hold, and how to read it.
public final class Component {
    private final String name;
    private final Shape shape;
    private final Method accessor;
    private final FieldNames.Names names;
    private final HclSchema.Rules hcl;

    private Component(String owner, String name, Shape shape, Method accessor) {
        this.name = name;
        this.shape = shape;
        this.accessor = accessor;
        accessor.setAccessible(true); // it is public; nobody need look at that with each call
        this.names = FieldNames.of(owner, name, shape);
        this.hcl = HclSchema.of(owner, name, shape);
    }

    static Component of(Class<?> owner, RecordComponent component) {
        return new Component(
                owner.getSimpleName(),
                component.getName(),
                Shape.of(component.getGenericType()),
                component.getAccessor());
    }

    /// As declared, which is also the name in YAML and JSON.
    public String name() {
        return name;
    }

    /// What it is called in a dialect that has it.
    public String name(Dialect dialect) {
        return switch (dialect) {
            case DROVER -> name;
            case HCL -> names.hcl();
            case NOMAD -> names.nomad();
        };
    }

    /// Whether a dialect has it: nobody writes in HCL what only a server knows.
    public boolean isIn(Dialect dialect) {
        return !name(dialect).equals(FieldNames.NOWHERE);
    }

    /// What HCL asks of it beyond its shape.
    HclSchema.Rules hcl() {
        return hcl;
    }

    /// Whether it is a map that HCL writes as a block and in no other way.
    public boolean isMapBlock() {
        return shape instanceof Shape.Fields && hcl.mapForm() == HclSchema.MapForm.BLOCK;
    }

    /// What it may hold.
    public Shape shape() {
        return shape;
    }

    /// Its value in `record`.
    public Object read(Record record) {
        try {
            return accessor.invoke(record);
        } catch (ReflectiveOperationException e) {
            throw failed(e);
        }
    }

    /// What the model's constructors and accessors throw is unchecked.
    static RuntimeException failed(ReflectiveOperationException e) {
        if (e instanceof InvocationTargetException && e.getCause() instanceof Error thrown) {
            throw thrown;
        }
        if (e instanceof InvocationTargetException
                && e.getCause() instanceof RuntimeException thrown) {
            return thrown;
        }
        return e instanceof InvocationTargetException
                ? new IllegalStateException("a record threw a checked exception", e)
                : new IllegalStateException("a record of the model is not to be reached", e);
    }
}
