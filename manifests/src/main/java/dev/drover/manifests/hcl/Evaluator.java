package dev.drover.manifests.hcl;

import dev.drover.manifests.hcl.Expression.Part;
import dev.drover.manifests.hcl.function.Functions;
import dev.drover.manifests.hcl.value.Access;
import dev.drover.manifests.hcl.value.Budget;
import dev.drover.manifests.hcl.value.Conversion;
import dev.drover.manifests.hcl.value.Mistake;
import dev.drover.manifests.hcl.value.Turn;
import dev.drover.manifests.hcl.value.Type;
import dev.drover.manifests.hcl.value.Value;
import dev.drover.manifests.tree.Code;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Works out what expressions are worth. Nomad's rule for references: one whose first name nobody
/// declared is no mistake, it stays as text (`${NOMAD_PORT_http}`, `${attr.cpu.arch}`) for the node
/// to fill in.
final class Evaluator {

    private final String text;
    private final Functions functions;
    private final Budget budget;
    private final boolean constant;

    /// `text` is the source that the expressions were parsed from.
    Evaluator(String text, Functions functions, Budget budget) {
        this(text, functions, budget, false);
    }

    private Evaluator(String text, Functions functions, Budget budget, boolean constant) {
        this.text = text;
        this.functions = functions;
        this.budget = budget;
        this.constant = constant;
    }

    /// The same, with the same budget, for expressions of another text that may neither refer to
    /// anything nor call functions: the values of variables.
    Evaluator constants(String other) {
        return new Evaluator(other, functions, budget, true);
    }

    /// The value, or an [EvaluationError] at the innermost expression that has none.
    Value evaluate(Expression expression, Scope scope) {
        try {
            budget.step();
            return compute(expression, scope);
        } catch (Mistake mistake) {
            throw new EvaluationError(expression.span(), mistake);
        }
    }

    private Value compute(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.Literal literal -> literal.value();
            case Expression.Wrapped wrapped -> evaluate(wrapped.inner(), scope);
            case Expression.Parentheses parentheses -> evaluate(parentheses.inner(), scope);
            case Expression.Embedded embedded -> embedded(embedded, scope);
            case Expression.Template template -> template(template.parts(), scope);
            case Expression.Variable _, Expression.Attribute _, Expression.Index _ ->
                    steps(expression, scope);
            case Expression.Item item ->
                    scope.value(itemName(item))
                            .orElseThrow(() ->
                                    new IllegalStateException("an item outside of its splat"));
            case Expression.Splat splat -> splat(splat, scope);
            case Expression.Call call -> call(call, scope);
            case Expression.Tuple tuple -> tuple(tuple, scope);
            case Expression.Structure structure -> structure(structure, scope);
            case Expression.For loop ->
                    loop.key().isPresent()
                            ? forStructure(loop, loop.key().get(), scope)
                            : forTuple(loop, scope);
            case Expression.Conditional conditional -> conditional(conditional, scope);
            case Expression.Binary binary -> binary(binary, scope);
            case Expression.Negative negative ->
                    Value.of(number(negative.operand(), scope).negate());
            case Expression.Not not -> Value.of(!truth(not.operand(), scope));
        };
    }

    /// Its mistakes stand in the text around, as near as escapes let one tell.
    private Value embedded(Expression.Embedded embedded, Scope scope) {
        try {
            return new Evaluator(embedded.text(), functions, budget, constant)
                    .evaluate(embedded.inner(), scope);
        } catch (EvaluationError e) {
            int at = embedded.span().start() + 1 + e.span().start();
            throw new EvaluationError(new Span(at, at), e.mistake());
        }
    }

    private BigDecimal number(Expression operand, Scope scope) {
        return Conversion.number(evaluate(operand, scope));
    }

    /// The value as true or false.
    boolean truth(Expression operand, Scope scope) {
        Value value = evaluate(operand, scope);
        try {
            return Conversion.truth(value);
        } catch (Mistake mistake) {
            throw new EvaluationError(operand.span(), mistake);
        }
    }

    /// The values of a list as text.
    List<String> texts(Expression list, Scope scope) {
        Value value = evaluate(list, scope);
        try {
            return Turn.of(value, budget).stream()
                    .map(turn -> Conversion.text(turn.value()))
                    .toList();
        } catch (Mistake mistake) {
            throw new EvaluationError(list.span(), mistake);
        }
    }

    /// What the expressions may still cost.
    Budget budget() {
        return budget;
    }

    /// The text that the expressions were parsed from.
    String text() {
        return text;
    }

    // ---- references

    /// A chain of names and indexes, from the first name on; a loop, since a chain may be as long
    /// as the file.
    private Value steps(Expression expression, Scope scope) {
        Deque<Expression> chain = new ArrayDeque<>();
        Expression at = expression;
        while (at instanceof Expression.Attribute || at instanceof Expression.Index) {
            chain.push(at);
            at =
                    at instanceof Expression.Attribute attribute
                            ? attribute.target()
                            : ((Expression.Index) at).target();
        }
        Value value =
                at instanceof Expression.Variable first
                        ? reference(first, chain, scope)
                        : evaluate(at, scope);
        while (!chain.isEmpty()) {
            Expression step = chain.pop();
            budget.step();
            try {
                value =
                        step instanceof Expression.Attribute attribute
                                ? attribute(value, attribute)
                                : Access.index(
                                        value, evaluate(((Expression.Index) step).key(), scope));
            } catch (Mistake mistake) {
                throw new EvaluationError(behindTarget(step), mistake);
            }
        }
        return value;
    }

    private static Value attribute(Value target, Expression.Attribute step) {
        return step.target() instanceof Expression.Variable(_, String root)
                ? Access.declared(root, target, step.name())
                : Access.attribute(target, step.name());
    }

    /// The dot or bracket of a step, and what follows it.
    private static Span behindTarget(Expression step) {
        Expression target =
                step instanceof Expression.Attribute attribute
                        ? attribute.target()
                        : ((Expression.Index) step).target();
        return new Span(target.span().end(), step.span().end());
    }

    /// The value of a chain's first name. Undeclared ones take the steps behind them along into the
    /// text that they stay.
    private Value reference(Expression.Variable first, Deque<Expression> chain, Scope scope) {
        Optional<Value> declared = scope.value(first.name());
        if (declared.isPresent()) {
            return declared.get();
        }
        if (constant) {
            throw new EvaluationError(
                    first.span(),
                    new Mistake(
                            Code.INVALID_VARIABLE,
                            "a variable's value cannot refer to anything",
                            "write the value out, or use locals"));
        }
        int end = first.span().end();
        while (!chain.isEmpty() && fixed(chain.getFirst())) {
            end = chain.pop().span().end();
        }
        return Value.of("${" + text.substring(first.span().start(), end) + "}");
    }

    private static boolean fixed(Expression step) {
        return step instanceof Expression.Attribute
                || (step instanceof Expression.Index index
                        && index.key() instanceof Expression.Literal);
    }

    private Value splat(Expression.Splat splat, Scope scope) {
        Value target = evaluate(splat.target(), scope);
        List<Value> items =
                switch (target) {
                    case Value.Null _ -> List.of();
                    case Value.Sequence sequence -> sequence.items();
                    case Value.Text _, Value.Num _, Value.Truth _, Value.Mapping _ ->
                            List.of(target);
                };
        List<Value> values = new ArrayList<>(items.size());
        for (Value item : items) {
            values.add(evaluate(splat.each(), scope.with(itemName(splat.item()), item)));
        }
        boolean ofOneType = target instanceof Value.Listing || target instanceof Value.Group;
        return made(ofOneType ? new Value.Listing(values) : new Value.Tuple(values));
    }

    /// A name that no author can write, since it holds a blank; the span tells nested splats apart.
    private static String itemName(Expression.Item item) {
        return "item " + item.span().start() + " " + item.span().end();
    }

    // ---- lists and objects

    private Value tuple(Expression.Tuple tuple, Scope scope) {
        List<Value> items = new ArrayList<>(tuple.items().size());
        for (Expression item : tuple.items()) {
            items.add(evaluate(item, scope));
        }
        return made(new Value.Tuple(items));
    }

    private Value structure(Expression.Structure structure, Scope scope) {
        Map<String, Value> entries = new TreeMap<>();
        for (Expression.Entry entry : structure.entries()) {
            entries.put(key(entry.key(), scope), evaluate(entry.value(), scope));
        }
        return made(new Value.Structure(Value.sorted(entries)));
    }

    /// The key of an object's entry as text.
    String key(Expression key, Scope scope) {
        try {
            return Conversion.text(evaluate(key, scope));
        } catch (Mistake mistake) {
            throw new EvaluationError(key.span(), mistake);
        }
    }

    private Value forTuple(Expression.For loop, Scope scope) {
        List<Value> values = new ArrayList<>();
        for (Turn turn : turns(loop.collection(), scope)) {
            Scope inside = scope.with(loop.names(), turn.key(), turn.value());
            if (wanted(loop, inside)) {
                values.add(evaluate(loop.value(), inside));
            }
        }
        return made(new Value.Tuple(values));
    }

    private Value forStructure(Expression.For loop, Expression keyExpression, Scope scope) {
        SortedMap<String, Value> entries = new TreeMap<>();
        SortedMap<String, List<Value>> groups = new TreeMap<>();
        for (Turn turn : turns(loop.collection(), scope)) {
            Scope inside = scope.with(loop.names(), turn.key(), turn.value());
            if (!wanted(loop, inside)) {
                continue;
            }
            String key = key(keyExpression, inside);
            Value value = evaluate(loop.value(), inside);
            if (loop.grouped()) {
                groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
            } else if (entries.putIfAbsent(key, value) != null) {
                throw Mistake.of(
                        "two items have the key \""
                                + key
                                + "\"; write ... behind the value to group them");
            }
        }
        groups.forEach((key, values) -> entries.put(key, new Value.Tuple(values)));
        return made(new Value.Structure(Value.sorted(entries)));
    }

    private List<Turn> turns(Expression collection, Scope scope) {
        return Turn.of(evaluate(collection, scope), budget);
    }

    /// A value that was put together here, counted as large as it is.
    private Value made(Value whole) {
        budget.look(whole);
        return whole;
    }

    private boolean wanted(Expression.For loop, Scope inside) {
        return loop.condition().isEmpty() || truth(loop.condition().get(), inside);
    }

    // ---- operators

    private Value conditional(Expression.Conditional conditional, Scope scope) {
        boolean condition = truth(conditional.condition(), scope);
        Value chosen = evaluate(condition ? conditional.yes() : conditional.no(), scope);
        Optional<Value> other = attempt(condition ? conditional.no() : conditional.yes(), scope);
        if (other.isEmpty()) {
            return chosen;
        }
        budget.look(List.of(chosen, other.get()));
        Type common =
                Type.unify(List.of(Type.of(chosen), Type.of(other.get())))
                        .orElseThrow(() ->
                                Mistake.of(
                                        "both results of a condition must have one type, not "
                                                + chosen.kind()
                                                + " and "
                                                + other.get().kind()));
        return Conversion.to(common, chosen);
    }

    /// The value, or empty where there is none; a limit ends the file all the same.
    private Optional<Value> attempt(Expression expression, Scope scope) {
        try {
            return Optional.of(evaluate(expression, scope));
        } catch (EvaluationError e) {
            if (e.mistake().code() == Code.LIMIT) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /// Operators of one chain from left to right; a loop, since a chain may be as long as the file.
    private Value binary(Expression.Binary last, Scope scope) {
        Deque<Expression.Binary> chain = new ArrayDeque<>();
        Expression at = last;
        while (at instanceof Expression.Binary binary) {
            chain.push(binary);
            at = binary.left();
        }
        Value value = evaluate(at, scope);
        while (!chain.isEmpty()) {
            Expression.Binary next = chain.pop();
            budget.step();
            Value right = evaluate(next.right(), scope);
            try {
                budget.look(List.of(value, right));
                value = Arithmetic.apply(next.operator(), value, right);
            } catch (Mistake mistake) {
                throw new EvaluationError(next.span(), mistake);
            }
        }
        return value;
    }

    // ---- functions and templates

    private Value call(Expression.Call call, Scope scope) {
        if (constant) {
            throw new Mistake(
                    Code.INVALID_VARIABLE,
                    "a variable's value cannot call functions",
                    "write the value out, or use locals");
        }
        return switch (call.name()) {
            case "try" -> firstOf(call, scope);
            case "can" -> Value.of(attempt(onlyOne(call), scope).isPresent());
            case "convert" -> convert(call, scope);
            default -> called(call, scope);
        };
    }

    private Value called(Expression.Call call, Scope scope) {
        List<Value> arguments = arguments(call, scope);
        try {
            budget.call(arguments);
            return made(functions.call(call.name(), arguments, budget));
        } catch (Mistake mistake) {
            throw new EvaluationError(place(call, mistake), mistake);
        }
    }

    /// The argument with the mistake; the closing parenthesis where one is missing.
    private static Span place(Expression.Call call, Mistake mistake) {
        if (mistake.argument().isEmpty()) {
            return call.span();
        }
        int at = mistake.argument().getAsInt();
        int last = call.arguments().size() - 1;
        if (at > last && !call.expanded()) {
            return new Span(call.span().end() - 1, call.span().end());
        }
        return last < 0 ? call.span() : call.arguments().get(Math.min(at, last)).span();
    }

    private static Expression onlyOne(Expression.Call call) {
        int count = call.arguments().size();
        if (count != 1) {
            Mistake mistake =
                    new Mistake(Code.FUNCTION_CALL, "can takes one argument, not " + count, "")
                            .in(Math.min(1, count));
            throw new EvaluationError(place(call, mistake), mistake);
        }
        return call.arguments().getFirst();
    }

    private List<Value> arguments(Expression.Call call, Scope scope) {
        List<Value> arguments = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            arguments.add(evaluate(argument, scope));
        }
        if (call.expanded()) {
            if (!(arguments.removeLast() instanceof Value.Sequence last)) {
                throw Mistake.of("only a list, set or tuple can be expanded with ...");
            }
            arguments.addAll(last.items());
        }
        return arguments;
    }

    private Value firstOf(Expression.Call call, Scope scope) {
        for (Expression argument : call.arguments()) {
            Optional<Value> value = attempt(argument, scope);
            if (value.isPresent()) {
                return value.get();
            }
        }
        throw new Mistake(
                Code.FUNCTION_CALL,
                "none of the arguments of try has a value",
                "give a last argument that always has one");
    }

    private Value convert(Expression.Call call, Scope scope) {
        if (call.arguments().size() != 2) {
            throw new Mistake(
                    Code.FUNCTION_CALL,
                    "convert takes a value and a type",
                    "write convert(value, list(string))");
        }
        Expression argument = call.arguments().getFirst();
        Value value = evaluate(argument, scope);
        Type wanted = TypeExpression.read(call.arguments().getLast());
        try {
            budget.look(value);
            return made(Conversion.to(wanted, value));
        } catch (Mistake mistake) {
            throw new EvaluationError(argument.span(), mistake);
        }
    }

    private Value template(List<Part> parts, Scope scope) {
        StringBuilder text = new StringBuilder();
        append(parts, scope, text);
        return Value.of(text.toString());
    }

    private void append(List<Part> parts, Scope scope, StringBuilder into) {
        for (Part part : parts) {
            switch (part) {
                case Part.Text(String text, _) -> {
                    budget.produce(text.length());
                    into.append(text);
                }
                case Part.Interpolation(Expression value) -> {
                    String text = key(value, scope);
                    budget.produce(text.length());
                    into.append(text);
                }
                case Part.If(Expression condition, List<Part> yes, List<Part> no) ->
                        append(truth(condition, scope) ? yes : no, scope, into);
                case Part.For(Expression.Names names, Expression collection, List<Part> body) -> {
                    for (Turn turn : turns(collection, scope)) {
                        append(body, scope.with(names, turn.key(), turn.value()), into);
                    }
                }
            }
        }
    }
}
