package dev.drover.manifests.hcl;

import dev.drover.manifests.hcl.HclReader.BlockTypes;
import dev.drover.manifests.hcl.value.Conversion;
import dev.drover.manifests.hcl.value.Mistake;
import dev.drover.manifests.hcl.value.Turn;
import dev.drover.manifests.hcl.value.Value;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Position;
import dev.drover.manifests.tree.Source;
import dev.drover.manifests.tree.Suggestion;
import dev.drover.manifests.tree.Tree;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Bodies to trees: evaluates arguments and unfolds dynamic blocks. Lists and objects that are
/// written out keep the places of their parts.
final class Trees {

    private final Source source;
    private final Evaluator evaluator;
    private final Problems problems;

    Trees(Source source, Evaluator evaluator, Problems problems) {
        this.source = source;
        this.evaluator = evaluator;
        this.problems = problems;
    }

    /// The fields of a body; arguments without a value are noted as problems and left out.
    List<Tree.Field> fields(List<Body.Item> items, BlockTypes types, Scope scope) {
        List<Tree.Field> fields = new ArrayList<>(items.size());
        for (Body.Item item : items) {
            switch (item) {
                case Body.Argument(int at, String name, Expression value) ->
                        problems.attempt(() -> tree(value, scope))
                                .ifPresent(tree ->
                                        fields.add(
                                                new Tree.Field(
                                                        source.at(at),
                                                        name,
                                                        form(value, tree),
                                                        tree)));
                case Body.Block block when block.name().equals("dynamic") ->
                        dynamic(block, types, scope, fields);
                case Body.Block block ->
                        fields.add(
                                field(
                                        block.name(),
                                        block.at(),
                                        labels(block),
                                        fields(
                                                block.body().items(),
                                                types.inside(block.name()),
                                                scope)));
            }
        }
        return fields;
    }

    private static Tree.Form form(Expression value, Tree tree) {
        boolean computed = tree instanceof Tree.Block && !(value instanceof Expression.Structure);
        return computed ? Tree.Form.COMPUTED : Tree.Form.ARGUMENT;
    }

    private Tree.Field field(
            String name, int at, List<Tree.Label> labels, List<Tree.Field> fields) {
        Position position = source.at(at);
        return new Tree.Field(
                position, name, Tree.Form.BLOCK, new Tree.Block(position, labels, fields));
    }

    private List<Tree.Label> labels(Body.Block block) {
        return block.labels().stream()
                .map(label -> new Tree.Label(source.at(label.at()), label.text()))
                .toList();
    }

    // ---- dynamic blocks

    /// `dynamic "type" { for_each = …, iterator = name, labels = […], content { … } }`: one block
    /// per item.
    private void dynamic(Body.Block block, BlockTypes types, Scope scope, List<Tree.Field> into) {
        Optional<Dynamic> read = Dynamic.of(block, problems);
        if (read.isEmpty()) {
            return;
        }
        Dynamic dynamic = read.get();
        Optional<List<Turn>> turns = problems.attempt(() -> turns(dynamic.forEach(), scope));
        if (turns.filter(List::isEmpty).isPresent()) {
            unmade(dynamic, types);
        }
        for (Turn turn : turns.orElse(List.of())) {
            Scope inside = scope.with(dynamic.iterator(), keyAndValue(turn));
            problems.attempt(() -> dynamicLabels(dynamic, types, inside))
                    .map(labels ->
                            field(
                                    dynamic.type(),
                                    dynamic.at(),
                                    labels,
                                    fields(
                                            dynamic.content().items(),
                                            types.inside(dynamic.type()),
                                            inside)))
                    .ifPresent(into::add);
        }
    }

    /// What is wrong with blocks of which there are none today: tomorrow there may be some.
    private void unmade(Dynamic dynamic, BlockTypes types) {
        String type = dynamic.type();
        if (types.names().isEmpty()) {
            return;
        }
        if (!types.names().contains(type)) {
            problems.add(
                    dynamic.at(),
                    Code.UNKNOWN_FIELD,
                    "there is no block \"" + type + "\" here",
                    Suggestion.of(type, types.names())
                            .map(near -> "did you mean \"" + near + "\"?")
                            .orElse(""));
        } else if (types.labels(type).orElse(0) == 0 && dynamic.labels().isPresent()) {
            problems.add(
                    dynamic.labels().get().span().start(),
                    Code.LABELS,
                    "the block \"" + type + "\" has no labels",
                    "remove them");
        }
    }

    private List<Turn> turns(Expression collection, Scope scope) {
        Value value = evaluator.evaluate(collection, scope);
        try {
            return Turn.of(value, evaluator.budget());
        } catch (Mistake mistake) {
            throw new EvaluationError(collection.span(), mistake);
        }
    }

    private static Value keyAndValue(Turn turn) {
        return new Value.Structure(Value.sorted(Map.of("key", turn.key(), "value", turn.value())));
    }

    private List<Tree.Label> dynamicLabels(Dynamic dynamic, BlockTypes types, Scope scope) {
        if (dynamic.labels().isEmpty()) {
            return List.of();
        }
        Expression list = dynamic.labels().get();
        Position position = source.at(list.span().start());
        List<String> texts = evaluator.texts(list, scope);
        if (texts.size() < types.labels(dynamic.type()).orElse(0)) {
            throw new EvaluationError(
                    list.span(),
                    new Mistake(
                            Code.LABELS,
                            "the block \"" + dynamic.type() + "\" has no name",
                            "write one text into the list: labels = [ … ]"));
        }
        return texts.stream().map(text -> new Tree.Label(position, text)).toList();
    }

    // ---- values

    private Tree tree(Expression expression, Scope scope) {
        Position position = source.at(expression.span().start());
        return switch (expression) {
            case Expression.Tuple(_, List<Expression> items) ->
                    new Tree.Listing(
                            position, items.stream().map(item -> tree(item, scope)).toList());
            case Expression.Structure(_, List<Expression.Entry> entries) ->
                    new Tree.Block(position, List.of(), entries(entries, scope));
            case Expression.Literal _,
                    Expression.Template _,
                    Expression.Embedded _,
                    Expression.Wrapped _,
                    Expression.Variable _,
                    Expression.Attribute _,
                    Expression.Index _,
                    Expression.Splat _,
                    Expression.Item _,
                    Expression.Call _,
                    Expression.For _,
                    Expression.Conditional _,
                    Expression.Binary _,
                    Expression.Negative _,
                    Expression.Not _,
                    Expression.Parentheses _ ->
                    printable(expression, of(expression, scope, position));
        };
    }

    /// Numbers beyond what can be printed are refused where they are written.
    private static Tree printable(Expression expression, Tree tree) {
        if (tree instanceof Tree.Num(_, BigDecimal number)) {
            try {
                Conversion.text(Value.of(number));
            } catch (Mistake mistake) {
                throw new EvaluationError(expression.span(), mistake);
            }
        }
        return tree;
    }

    /// An object that is written out; as in every object, the last of two equal keys counts.
    private List<Tree.Field> entries(List<Expression.Entry> entries, Scope scope) {
        Map<String, Tree.Field> fields = new TreeMap<>();
        for (Expression.Entry entry : entries) {
            String name = evaluator.key(entry.key(), scope);
            Position position = source.at(entry.key().span().start());
            fields.put(
                    name,
                    new Tree.Field(position, name, Tree.Form.ARGUMENT, tree(entry.value(), scope)));
        }
        return List.copyOf(fields.values());
    }

    private Tree of(Expression expression, Scope scope, Position at) {
        Value value = evaluator.evaluate(expression, scope);
        try {
            evaluator.budget().look(value);
        } catch (Mistake mistake) {
            throw new EvaluationError(expression.span(), mistake);
        }
        return of(value, at);
    }

    private static Tree of(Value value, Position at) {
        return switch (value) {
            case Value.Text(String text) -> new Tree.Text(at, text);
            case Value.Num(BigDecimal number) -> new Tree.Num(at, number);
            case Value.Truth(boolean truth) -> new Tree.Flag(at, truth);
            case Value.Null _ -> new Tree.Nothing(at);
            case Value.Sequence sequence ->
                    new Tree.Listing(
                            at, sequence.items().stream().map(item -> of(item, at)).toList());
            case Value.Mapping mapping ->
                    new Tree.Block(
                            at,
                            List.of(),
                            mapping.entries().entrySet().stream()
                                    .map(entry ->
                                            new Tree.Field(
                                                    at,
                                                    entry.getKey(),
                                                    Tree.Form.ARGUMENT,
                                                    of(entry.getValue(), at)))
                                    .toList());
        };
    }

    // ---- dynamic blocks as they are written

    /// A dynamic block as it is written, before its turns: their mistakes are another matter, and
    /// there may be none.
    ///
    /// @param at where it begins
    /// @param type of the blocks to make
    /// @param forEach what has one item for each of them
    /// @param iterator the name under which they refer to their item
    /// @param labels a list of what they are called
    /// @param content what they hold
    private record Dynamic(
            int at,
            String type,
            Expression forEach,
            String iterator,
            Optional<Expression> labels,
            Body content) {

        private static final List<String> FIELDS = List.of("for_each", "iterator", "labels");

        /// What a block says; empty when it lacks a part that it cannot be without.
        static Optional<Dynamic> of(Body.Block block, Problems problems) {
            if (block.labels().size() != 1) {
                problems.add(
                        block.at(),
                        Code.LABELS,
                        "a dynamic block has one label, the type of the blocks to make",
                        "write dynamic \"port\" { … }");
                return Optional.empty();
            }
            String type = block.labels().getFirst().text();
            Map<String, Expression> fields = fields(block.body(), problems);
            Optional<Expression> forEach = Optional.ofNullable(fields.get("for_each"));
            Optional<Body> content = content(block.body(), problems);
            if (forEach.isEmpty() || content.isEmpty()) {
                problems.add(
                        block.at(),
                        Code.MISSING_FIELD,
                        "a dynamic block needs for_each and a content block",
                        "write for_each = a list or map, and content { … }");
                return Optional.empty();
            }
            String iterator =
                    Optional.ofNullable(fields.get("iterator"))
                            .flatMap(name -> name(name, problems))
                            .orElse(type);
            Optional<Expression> labels = Optional.ofNullable(fields.get("labels"));
            if (labels.isPresent() && !isList(labels.get(), problems)) {
                return Optional.empty();
            }
            return Optional.of(
                    new Dynamic(block.at(), type, forEach.get(), iterator, labels, content.get()));
        }

        private static Map<String, Expression> fields(Body body, Problems problems) {
            Map<String, Expression> fields = new TreeMap<>();
            for (Body.Item item : body.items()) {
                if (item instanceof Body.Argument(int at, String name, Expression value)) {
                    fields.put(name, value);
                    if (!FIELDS.contains(name)) {
                        problems.add(
                                at,
                                Code.UNKNOWN_FIELD,
                                "a dynamic block has no field \"" + name + "\"",
                                "known are "
                                        + String.join(", ", FIELDS)
                                        + "; what the blocks have belongs into content { … }");
                    }
                }
            }
            return fields;
        }

        private static Optional<Body> content(Body body, Problems problems) {
            Optional<Body> content = Optional.empty();
            for (Body.Item item : body.items()) {
                if (item instanceof Body.Block block && block.name().equals("content")) {
                    if (content.isPresent()) {
                        problems.add(
                                block.at(),
                                Code.DUPLICATE,
                                "a dynamic block has one content block",
                                "put both into one, or write a second dynamic block");
                    }
                    content = content.or(() -> Optional.of(block.body()));
                }
            }
            return content;
        }

        private static Optional<String> name(Expression iterator, Problems problems) {
            return switch (iterator) {
                case Expression.Variable(_, String name) -> Optional.of(name);
                case Expression.Embedded(_, _, Expression.Variable(_, String name)) ->
                        Optional.of(name); // HCL's JSON syntax
                case Expression other -> {
                    problems.add(
                            other.span().start(),
                            Code.WRONG_TYPE,
                            "an iterator is a name, not a value",
                            "write iterator = item, without quotes");
                    yield Optional.empty();
                }
            };
        }

        private static boolean isList(Expression labels, Problems problems) {
            if (!(labels instanceof Expression.Tuple)) {
                problems.add(
                        labels.span().start(),
                        Code.WRONG_TYPE,
                        "the labels of dynamic blocks are a list that is written out",
                        "write labels = [ … ]");
                return false;
            }
            return true;
        }
    }
}
