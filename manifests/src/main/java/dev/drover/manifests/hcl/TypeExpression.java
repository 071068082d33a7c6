package dev.drover.manifests.hcl;

import dev.drover.manifests.hcl.value.Mistake;
import dev.drover.manifests.hcl.value.Type;
import dev.drover.manifests.hcl.value.Value;
import dev.drover.manifests.tree.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Types by name: `string`, `list(number)`, `object({name = string, port = optional(number)})`. A
/// variable's type is exact: `any` and optional attributes are for `convert` only.
final class TypeExpression {

    private final boolean exact;

    private TypeExpression(boolean exact) {
        this.exact = exact;
    }

    /// The type that an expression names; an [EvaluationError] when it names none.
    static Type read(Expression expression) {
        return new TypeExpression(false).type(expression);
    }

    /// The same without `any` and `optional`.
    static Type exact(Expression expression) {
        return new TypeExpression(true).type(expression);
    }

    private Type type(Expression expression) {
        return switch (expression) {
            case Expression.Variable(_, String name) -> simple(name, expression);
            case Expression.Call call -> called(call);
            case Expression.Parentheses(_, Expression inner) -> type(inner);
            case Expression.Embedded(Span span, _, Expression inner) -> {
                try {
                    yield type(inner);
                } catch (EvaluationError e) {
                    throw new EvaluationError(span, e.mistake());
                }
            }
            case Expression.Literal _,
                    Expression.Template _,
                    Expression.Wrapped _,
                    Expression.Attribute _,
                    Expression.Index _,
                    Expression.Splat _,
                    Expression.Item _,
                    Expression.Tuple _,
                    Expression.Structure _,
                    Expression.For _,
                    Expression.Conditional _,
                    Expression.Binary _,
                    Expression.Negative _,
                    Expression.Not _ ->
                    throw notAType(expression);
        };
    }

    private Type simple(String word, Expression at) {
        if (exact && word.equals("any")) {
            throw notAType(at);
        }
        return switch (word) {
            case "string" -> Type.Simple.STRING;
            case "number" -> Type.Simple.NUMBER;
            case "bool" -> Type.Simple.BOOL;
            case "any" -> Type.Simple.ANY;
            default -> throw notAType(at);
        };
    }

    private Type called(Expression.Call call) {
        if (call.arguments().size() != 1) {
            throw notAType(call);
        }
        Expression argument = call.arguments().getFirst();
        return switch (call.name()) {
            case "list" -> new Type.ListOf(type(argument));
            case "set" -> new Type.SetOf(type(argument));
            case "map" -> new Type.MapOf(type(argument));
            case "tuple" -> tuple(argument);
            case "object" -> object(argument);
            default -> throw notAType(call);
        };
    }

    private Type tuple(Expression argument) {
        if (!(argument instanceof Expression.Tuple(_, List<Expression> items))) {
            throw notAType(argument);
        }
        List<Type> elements = new ArrayList<>();
        items.forEach(item -> elements.add(type(item)));
        return new Type.TupleOf(elements);
    }

    private Type object(Expression argument) {
        if (!(argument instanceof Expression.Structure(_, List<Expression.Entry> entries))) {
            throw notAType(argument);
        }
        SortedMap<String, Type> attributes = new TreeMap<>();
        Set<String> optional = new HashSet<>();
        for (Expression.Entry entry : entries) {
            String name =
                    entry.key() instanceof Expression.Literal(_, var key)
                                    && key instanceof Value.Text(String text)
                            ? text
                            : "";
            attributes.put(name, attribute(entry.value(), name, optional));
        }
        return new Type.ObjectOf(attributes, optional);
    }

    /// `optional(T)` stands for T and notes the name.
    private Type attribute(Expression value, String name, Set<String> optional) {
        if (value instanceof Expression.Call call
                && call.name().equals("optional")
                && call.arguments().size() == 1
                && !exact) {
            optional.add(name);
            return type(call.arguments().getFirst());
        }
        return type(value);
    }

    private static EvaluationError notAType(Expression at) {
        return new EvaluationError(
                at.span(),
                new Mistake(
                        Code.INVALID_VARIABLE,
                        "this is not a type",
                        "types are string, number, bool, list(T), set(T), map(T), tuple([A, B]) and object({name = T})"));
    }
}
