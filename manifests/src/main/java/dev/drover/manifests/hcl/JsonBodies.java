package dev.drover.manifests.hcl;

import dev.drover.manifests.hcl.HclReader.BlockTypes;
import dev.drover.manifests.hcl.value.Value;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Position;
import dev.drover.manifests.tree.Source;
import dev.drover.manifests.tree.Tree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/// HCL's JSON syntax: objects as bodies. A property is a block where the block types say so, its
/// labels are the names of objects around its body, and a list of objects is a block repeated.
/// Texts are templates.
final class JsonBodies {

    /// A property that says something to people only.
    private static final String COMMENT = "//";

    private final Source source;
    private final Problems problems;

    JsonBodies(Source source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    /// The items of an object.
    Body body(Tree.Block object, BlockTypes types) {
        List<Body.Item> items = new ArrayList<>();
        for (Tree.Field field : object.fields()) {
            if (!field.name().equals(COMMENT)) {
                item(field, types, items);
            }
        }
        return new Body(items, offset(object.position()));
    }

    private void item(Tree.Field field, BlockTypes types, List<Body.Item> into) {
        OptionalInt labels = types.labels(field.name());
        boolean expression =
                labels.isEmpty() || (labels.getAsInt() == 0 && field.value() instanceof Tree.Text);
        if (expression) {
            Expression value =
                    types.isExpression(field.name())
                                    && field.value() instanceof Tree.Text(var at, String text)
                            ? embedded(offset(at), text, Parser::expression)
                            : expression(field.value());
            into.add(new Body.Argument(offset(field.position()), field.name(), value));
        } else if (field.name().equals("dynamic")) {
            blocks(new Opened(field, List.of(), dynamicOf(types)), field.value(), 1, into);
        } else {
            BlockTypes inside = types.inside(field.name());
            blocks(
                    new Opened(field, List.of(), _ -> inside),
                    field.value(),
                    labels.getAsInt(),
                    into);
        }
    }

    private interface Inside {
        BlockTypes of(List<Body.Label> labels);
    }

    /// `{"dynamic": {"port": {"for_each": …, "content": {…}}}}`
    private static Inside dynamicOf(BlockTypes types) {
        return labels ->
                new BlockTypes() {
                    @Override
                    public OptionalInt labels(String name) {
                        return name.equals("content") ? OptionalInt.of(0) : OptionalInt.empty();
                    }

                    @Override
                    public BlockTypes inside(String name) {
                        return types.inside(labels.getFirst().text());
                    }

                    @Override
                    public boolean isExpression(String name) {
                        return name.equals("iterator");
                    }
                };
    }

    /// A property that is a block, and the labels met on the way to its body.
    private record Opened(Tree.Field field, List<Body.Label> labels, Inside inside) {
        Opened with(Body.Label label) {
            List<Body.Label> longer = new ArrayList<>(labels);
            longer.add(label);
            return new Opened(field, longer, inside);
        }

        String name() {
            return field.name();
        }
    }

    private void blocks(Opened block, Tree value, int missing, List<Body.Item> into) {
        if (missing > 0 && isEmpty(value)) {
            problems.add(
                    offset(value.position()),
                    Code.LABELS,
                    "the block \"" + block.name() + "\" has no name",
                    "write {\"" + block.name() + "\": {\"NAME\": {…}}}, or leave it out");
            return;
        }
        switch (value) {
            case Tree.Nothing _ -> {}
            case Tree.Listing(_, List<Tree> items) ->
                    items.stream()
                            .filter(item -> missing == 0 || !isEmpty(item))
                            .forEach(item -> blocks(block, item, missing, into));
            case Tree.Block object when missing > 0 ->
                    object.fields()
                            .forEach(named ->
                                    blocks(
                                            block.with(
                                                    new Body.Label(
                                                            offset(named.position()),
                                                            named.name())),
                                            named.value(),
                                            missing - 1,
                                            into));
            case Tree.Block object ->
                    into.add(
                            new Body.Block(
                                    offset(block.field().position()),
                                    block.name(),
                                    block.labels(),
                                    body(object, block.inside().of(block.labels()))));
            case Tree.Text _, Tree.Num _, Tree.Flag _ ->
                    problems.add(
                            offset(value.position()),
                            Code.WRONG_TYPE,
                            "\"" + block.name() + "\" is a block: an object or a list of objects",
                            missing > 0
                                    ? "write {\"" + block.name() + "\": {\"NAME\": {…}}}"
                                    : "write {\"" + block.name() + "\": {…}}");
        }
    }

    /// Whether it names nothing. Beside what names something, hcl/v2 passes it over.
    private static boolean isEmpty(Tree value) {
        return switch (value) {
            case Tree.Nothing _ -> true;
            case Tree.Block object -> object.fields().isEmpty();
            case Tree.Listing(_, List<Tree> items) -> items.stream().allMatch(JsonBodies::isEmpty);
            case Tree.Text _, Tree.Num _, Tree.Flag _ -> false;
        };
    }

    // ---- expressions

    private Expression expression(Tree value) {
        int at = offset(value.position());
        Span span = new Span(at, at);
        return switch (value) {
            case Tree.Text(_, String text) -> text(at, text);
            case Tree.Num(_, BigDecimal number) -> new Expression.Literal(span, Value.of(number));
            case Tree.Flag(_, boolean flag) -> new Expression.Literal(span, Value.of(flag));
            case Tree.Nothing _ -> new Expression.Literal(span, Value.nothing());
            case Tree.Listing(_, List<Tree> items) ->
                    new Expression.Tuple(span, items.stream().map(this::expression).toList());
            case Tree.Block object ->
                    // in parentheses: not an object that HCL's own syntax has written out
                    new Expression.Parentheses(
                            span,
                            new Expression.Structure(
                                    span, object.fields().stream().map(this::entry).toList()));
        };
    }

    private Expression.Entry entry(Tree.Field field) {
        return new Expression.Entry(
                text(offset(field.position()), field.name()), expression(field.value()));
    }

    private Expression text(int at, String text) {
        boolean plain = !text.contains("${") && !text.contains("%{");
        return plain
                ? new Expression.Literal(new Span(at, at), Value.of(text))
                : embedded(at, text, Parser::template);
    }

    private Expression embedded(int at, String text, Function<Source, Expression> parser) {
        Span span = new Span(at, at);
        try {
            Expression inner = parser.apply(new Source(source.name(), text));
            return new Expression.Embedded(span, text, inner);
        } catch (SyntaxError e) {
            problems.add(at + 1 + e.at(), e.code(), e.what(), e.fix());
            return new Expression.Literal(span, Value.nothing());
        }
    }

    private int offset(Position position) {
        return source.offset(position);
    }
}
