package dev.drover.manifests.hcl;

import dev.drover.manifests.hcl.Expression.Part;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Which `local.x` or `var.x` an expression refers to: locals are worked out in the order that they
/// need each other, and a variable's condition must look at the variable.
final class References {

    private final String of;
    private final Set<String> names = new TreeSet<>();

    /// What is left to look at; not the stack, since a chain of operators may be as long as the
    /// file.
    private final Deque<Expression> open = new ArrayDeque<>();

    private References(String of) {
        this.of = of;
    }

    /// The names behind `local.`; a `local` without a name in the source counts as all of
    /// `everything`.
    static Set<String> locals(Expression expression, Set<String> everything) {
        Set<String> names = of("local", expression);
        return names.contains("") ? everything : names;
    }

    /// The names behind `root.`; an empty one where it stands alone.
    static Set<String> of(String root, Expression expression) {
        References found = new References(root);
        found.visit(expression);
        while (!found.open.isEmpty()) {
            found.look(found.open.pop());
        }
        return found.names;
    }

    private void visit(Expression expression) {
        open.push(expression);
    }

    private void look(Expression expression) {
        switch (expression) {
            case Expression.Literal _, Expression.Item _ -> {}
            case Expression.Template(_, List<Part> parts) -> visit(parts);
            case Expression.Wrapped(_, Expression inner) -> visit(inner);
            case Expression.Embedded(_, _, Expression inner) -> visit(inner);
            case Expression.Parentheses(_, Expression inner) -> visit(inner);
            case Expression.Variable(_, String name) -> {
                if (name.equals(of)) {
                    names.add("");
                }
            }
            case Expression.Attribute(_, Expression.Variable(_, String root), String name)
                    when root.equals(of) ->
                    names.add(name);
            case Expression.Attribute(_, Expression target, _) -> visit(target);
            case Expression.Index(_, Expression target, Expression key) -> visit(target, key);
            case Expression.Splat(_, Expression target, Expression each, _) -> visit(target, each);
            case Expression.Call call -> call.arguments().forEach(this::visit);
            case Expression.Tuple tuple -> tuple.items().forEach(this::visit);
            case Expression.Structure structure ->
                    structure.entries().forEach(entry -> visit(entry.key(), entry.value()));
            case Expression.For loop -> {
                visit(loop.collection(), loop.value());
                loop.key().ifPresent(this::visit);
                loop.condition().ifPresent(this::visit);
            }
            case Expression.Conditional(_, Expression condition, Expression yes, Expression no) -> {
                visit(condition);
                visit(yes, no);
            }
            case Expression.Binary(_, _, Expression left, Expression right) -> visit(left, right);
            case Expression.Negative(_, Expression operand) -> visit(operand);
            case Expression.Not(_, Expression operand) -> visit(operand);
        }
    }

    private void visit(Expression first, Expression second) {
        visit(first);
        visit(second);
    }

    private void visit(List<Part> parts) {
        for (Part part : parts) {
            switch (part) {
                case Part.Text _ -> {}
                case Part.Interpolation(Expression value) -> visit(value);
                case Part.If(Expression condition, List<Part> yes, List<Part> no) -> {
                    visit(condition);
                    visit(yes);
                    visit(no);
                }
                case Part.For(_, Expression collection, List<Part> body) -> {
                    visit(collection);
                    visit(body);
                }
            }
        }
    }
}
