package dev.drover.manifests.shape;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a component of a record may be. The model uses these types and no others.
public sealed interface Shape {
    /// One value, written as one word or number.
    sealed interface Scalar extends Shape {}

    /// A `String`.
    record Text() implements Scalar {}

    /// A boolean.
    record Flag() implements Scalar {}

    /// An `int`.
    record Int() implements Scalar {}

    /// A `long`.
    record Wide() implements Scalar {}

    /// A [BigDecimal].
    record Decimal() implements Scalar {}

    /// An [Instant].
    record Moment() implements Scalar {}

    /// A [Duration].
    record Span() implements Scalar {}

    /// One of an enum's constants.
    record Choice(Class<? extends Enum<?>> type) implements Scalar {}

    /// An [Optional] of something.
    record Maybe(Shape of) implements Shape {}

    /// A [List] of something.
    record Items(Shape of) implements Shape {}

    /// A [Map] from names to something, sorted by name.
    record Fields(Shape of) implements Shape {}

    /// A record; [RecordShape#of(Class)] has its components. Not held here, since records may
    /// contain themselves.
    record Struct(Class<? extends Record> type) implements Shape {}

    /// One of the records that a sealed interface permits; see [UnionShape#of(Class)].
    record Union(Class<?> type) implements Shape {}

    /// The shape of a type of the model.
    ///
    /// @throws IllegalArgumentException when the model may not use that type
    static Shape of(Type type) {
        return switch (type) {
            case ParameterizedType generic -> ofGeneric(generic);
            case Class<?> plain -> ofClass(plain);
            default -> throw unknown(type); // Type is open: type variables, wildcards, arrays
        };
    }

    private static Shape ofGeneric(ParameterizedType type) {
        Type[] arguments = type.getActualTypeArguments();
        Shape of = of(arguments[arguments.length - 1]);
        if (type.getRawType() == Optional.class) {
            return new Maybe(of);
        }
        if (type.getRawType() == List.class) {
            return new Items(of);
        }
        if (type.getRawType() == Map.class && arguments[0] == String.class) {
            return new Fields(of);
        }
        throw unknown(type);
    }

    private static Shape ofClass(Class<?> type) {
        if (type == String.class) {
            return new Text();
        }
        if (type == boolean.class || type == Boolean.class) {
            return new Flag();
        }
        if (type == int.class || type == Integer.class) {
            return new Int();
        }
        if (type == long.class || type == Long.class) {
            return new Wide();
        }
        if (type == BigDecimal.class) {
            return new Decimal();
        }
        if (type == Instant.class) {
            return new Moment();
        }
        if (type == Duration.class) {
            return new Span();
        }
        return ofNamed(type);
    }

    @SuppressWarnings("unchecked") // isEnum says that it is one
    private static Shape ofNamed(Class<?> type) {
        if (type.isEnum()) {
            return new Choice((Class<? extends Enum<?>>) type);
        }
        if (type.isRecord()) {
            return new Struct(type.asSubclass(Record.class));
        }
        if (type.isSealed()) {
            return new Union(type);
        }
        throw unknown(type);
    }

    private static IllegalArgumentException unknown(Type type) {
        return new IllegalArgumentException(
                "the model cannot hold a " + type.getTypeName() + ": see Shape for what it can");
    }
}
