package dev.drover.manifests.hcl;

import dev.drover.manifests.hcl.value.Value;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The names that an expression may refer to. Scopes are nested: a `for` adds its names in front of
/// what is around it.
final class Scope {

    private final Optional<Scope> around;
    private final Map<String, Supplier<Value>> names;

    private Scope(Optional<Scope> around, Map<String, Supplier<Value>> names) {
        this.around = around;
        this.names = names;
    }

    /// A scope with these names alone; a value is worked out when it is first asked for.
    static Scope of(Map<String, Supplier<Value>> names) {
        return new Scope(Optional.empty(), Map.copyOf(names));
    }

    static Scope empty() {
        return of(Map.of());
    }

    /// This scope with one more name in front.
    Scope with(String name, Value value) {
        return new Scope(Optional.of(this), Map.of(name, () -> value));
    }

    /// This scope with the names of a `for` and their values at one turn.
    Scope with(Expression.Names loop, Value key, Value value) {
        Scope inner = with(loop.value(), value);
        return loop.key().map(name -> inner.with(name, key)).orElse(inner);
    }

    /// The value of a name; empty when nothing has it.
    Optional<Value> value(String name) {
        Optional<Scope> scope = Optional.of(this);
        while (scope.isPresent()) {
            Supplier<Value> found = scope.get().names.get(name);
            if (found != null) {
                return Optional.of(found.get());
            }
            scope = scope.get().around;
        }
        return Optional.empty();
    }
}
