package dev.drover.manifests.hcl;

import dev.drover.manifests.hcl.function.Functions;
import dev.drover.manifests.hcl.value.Budget;
import dev.drover.manifests.hcl.value.Value;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Position;
import dev.drover.manifests.tree.Problem;
import dev.drover.manifests.tree.Source;
import dev.drover.manifests.tree.Tree;
import dev.drover.manifests.tree.TreeReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// A HCL file to its tree: parse, give the variables values, work out locals, evaluate the rest.
public final class HclReader {

    private final Source source;
    private final Inputs inputs;
    private final Problems problems;
    private final Evaluator evaluator;

    private HclReader(Source source, Inputs inputs) {
        this.source = source;
        this.inputs = inputs;
        this.problems = new Problems(source);
        this.evaluator =
                new Evaluator(
                        source.text(),
                        new Functions(inputs.files()),
                        new Budget(source.text().length()));
    }

    /// One document whose fields are the file's blocks, `variable`, `variables` and `locals` left
    /// out; and every mistake that can be found without knowing what the blocks mean. The types are
    /// asked about dynamic blocks that make none.
    public static TreeReading read(Source source, BlockTypes types, Inputs inputs) {
        return new HclReader(source, inputs).read(types);
    }

    /// The same of HCL's JSON syntax: an object, read already, and what in it is a block.
    public static TreeReading readJson(
            Source source, Tree.Block object, BlockTypes types, Inputs inputs) {
        HclReader reader = new HclReader(source, inputs);
        Body body = new JsonBodies(source, reader.problems).body(object, types);
        return reader.reading(body, types, Optional.empty());
    }

    private TreeReading read(BlockTypes types) {
        Parser.Parsed parsed = Parser.parse(source);
        parsed.problems().forEach(problems::add);
        return reading(parsed.body(), types, parsed.met());
    }

    private TreeReading reading(Body body, BlockTypes types, Optional<Problem> met) {
        List<Tree.Field> fields = List.of();
        try {
            fields = evaluated(body, types);
        } catch (Problems.Exhausted e) {
            // the problem is noted; there is nothing more to read
        }
        List<Problem> sorted = problems.all().stream().sorted(Problem.BY_PLACE).toList();
        Tree.Block file = new Tree.Block(Position.START, List.of(), fields);
        return new TreeReading(List.of(file), sorted, met);
    }

    private List<Tree.Field> evaluated(Body body, BlockTypes types) {
        Variables variables = new Variables(evaluator, problems);
        List<Body.Item> rest = new ArrayList<>();
        List<Body.Block> localBlocks = new ArrayList<>();
        for (Body.Item item : body.items()) {
            switch (item) {
                case Body.Block block when block.name().equals("variable") ->
                        variables.declare(block);
                case Body.Block block when block.name().equals("variables") ->
                        variables.declareAll(block);
                case Body.Block block when block.name().equals("locals") -> localBlocks.add(block);
                case Body.Block block when block.name().equals("dynamic") ->
                        problems.add(
                                block.at(),
                                Code.UNKNOWN_KIND,
                                "a dynamic block cannot stand at the top of a file",
                                "write out the resources that it is to make");
                case Body.Block _, Body.Argument _ -> rest.add(item);
            }
        }
        Value values = variables.values(inputs);
        int before = problems.all().size();
        List<Tree.Field> fields = fields(localBlocks, rest, types, values);
        if (before
                > 0) { // what refers to something that could not be read is no mistake of its own
            problems.forget(before, Code.UNKNOWN_REFERENCE);
        }
        return fields;
    }

    private List<Tree.Field> fields(
            List<Body.Block> localBlocks, List<Body.Item> rest, BlockTypes types, Value values) {
        Locals locals = new Locals(evaluator, values, problems);
        localBlocks.forEach(locals::declare);
        Value localValues = locals.values();
        Scope scope = Scope.of(Map.of("var", () -> values, "local", () -> localValues));
        return new Trees(source, evaluator, problems).fields(rest, types, scope);
    }

    /// Which names are blocks inside of a block, and how many labels they have. HCL's own syntax
    /// says so itself, but of dynamic blocks; its JSON syntax leaves it to those who know what the
    /// blocks mean.
    public interface BlockTypes {

        /// A block that holds arguments only.
        BlockTypes NONE =
                new BlockTypes() {
                    @Override
                    public OptionalInt labels(String name) {
                        return OptionalInt.empty();
                    }

                    @Override
                    public BlockTypes inside(String name) {
                        return this;
                    }
                };

        /// The number of labels of blocks that are called so; empty when it is an argument.
        OptionalInt labels(String name);

        /// What such a block holds.
        BlockTypes inside(String name);

        /// All that may be a block in it; empty where anything may.
        default Set<String> names() {
            return Set.of();
        }

        /// Whether the text of an argument is an expression, and not a template: a variable's type.
        default boolean isExpression(String name) {
            return false;
        }
    }
}
