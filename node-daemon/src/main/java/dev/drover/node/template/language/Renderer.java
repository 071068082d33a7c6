package dev.drover.node.template.language;

import dev.drover.node.template.language.Node.Command;
import dev.drover.node.template.language.Node.Operand;
import dev.drover.node.template.language.Node.Pipeline;
import dev.drover.node.template.language.Node.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// Executes a template: one walk over its statements with a dot, a stack of variables, and what has
/// been written so far.
final class Renderer {

    /// What a statement does to the loop around it.
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    private record Variable(String name, Value value) {}

    private final Map<String, List<Node>> templates;
    private final Map<String, Function> functions;
    private final MissingKey missingKey;
    private final Limits limits;
    private final StringBuilder out = new StringBuilder();
    private List<Variable> variables = new ArrayList<>();
    private int steps;
    private int depth;

    Renderer(
            Map<String, List<Node>> templates,
            Map<String, Function> functions,
            MissingKey missingKey,
            Limits limits) {
        this.templates = templates;
        this.functions = functions;
        this.missingKey = missingKey;
        this.limits = limits;
    }

    /// What the template of that name makes of the dot.
    String render(String name, Value dot) {
        variables.add(new Variable("$", dot));
        walk(templates.getOrDefault(name, List.of()), dot);
        return out.toString();
    }

    private Flow walk(List<Node> nodes, Value dot) {
        for (Node node : nodes) {
            step(node.offset());
            Flow flow = walk(node, dot);
            if (flow != Flow.ON) {
                return flow;
            }
        }
        return Flow.ON;
    }

    private Flow walk(Node node, Value dot) {
        switch (node) {
            case Node.Text(int offset, String text) -> write(text, offset);
            case Node.Action(int offset, Pipeline pipeline) -> {
                Value value = evaluate(pipeline, dot);
                if (pipeline.variables().isEmpty()) {
                    write(Format.shown(value), offset);
                }
            }
            case Node.If(_, Pipeline condition, List<Node> body, List<Node> otherwise) -> {
                int mark = variables.size();
                boolean truth = evaluate(condition, dot).truth();
                return scoped(truth ? body : otherwise, dot, mark, node.offset());
            }
            case Node.With(_, Pipeline pipeline, List<Node> body, List<Node> otherwise) -> {
                int mark = variables.size();
                Value value = evaluate(pipeline, dot);
                boolean truth = value.truth();
                return scoped(truth ? body : otherwise, truth ? value : dot, mark, node.offset());
            }
            case Node.Range range -> {
                return range(range, dot);
            }
            case Node.Call call -> call(call, dot);
            case Node.Break _ -> {
                return Flow.BREAK;
            }
            case Node.Continue _ -> {
                return Flow.CONTINUE;
            }
        }
        return Flow.ON;
    }

    /// A block's body, after which its variables are gone.
    private Flow scoped(List<Node> body, Value dot, int mark, int offset) {
        deeper(offset);
        Flow flow = walk(body, dot);
        depth--;
        forget(mark);
        return flow;
    }

    private Flow range(Node.Range range, Value dot) {
        int mark = variables.size();
        Value values = evaluate(range.values(), dot);
        List<Value> items =
                switch (values) {
                    case Value.Listing(List<Value> list) -> list;
                    case Value.Mapping(SortedMap<String, Value> entries) ->
                            List.copyOf(entries.values());
                    case Value.Int(long count) -> {
                        if (range.values().variables().size() > 1) {
                            throw Fault.at(
                                    range.offset(),
                                    "can't use "
                                            + count
                                            + " to iterate over more than one variable");
                        }
                        yield counting(count, range.offset());
                    }
                    case Value.Absent _, Value.Nil _ -> List.of();
                    case Value.Bool _,
                            Value.Real _,
                            Value.Text _,
                            Value.Structure _,
                            Value.Gadget _ ->
                            throw Fault.at(
                                    range.offset(),
                                    "range can't iterate over " + Format.shown(values));
                };
        if (items.isEmpty()) {
            return scoped(range.otherwise(), dot, mark, range.offset());
        }
        List<Value> keys = keys(values, items.size());
        Flow flow = Flow.ON;
        for (int i = 0; i < items.size() && flow != Flow.BREAK; i++) {
            step(range.offset());
            bind(range.values(), keys.get(i), items.get(i));
            flow = scoped(range.body(), items.get(i), variables.size(), range.offset());
        }
        forget(mark);
        return Flow.ON;
    }

    /// 0, 1, … as far as the budget of steps goes.
    private List<Value> counting(long count, int offset) {
        if (count > limits.steps()) {
            throw Fault.at(
                    offset, "range over " + count + ": more than " + limits.steps() + " steps");
        }
        List<Value> numbers = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            numbers.add(Value.of(i));
        }
        return numbers;
    }

    private static List<Value> keys(Value values, int size) {
        if (values instanceof Value.Mapping(SortedMap<String, Value> entries)) {
            return entries.keySet().stream().map(Value::of).toList();
        }
        List<Value> keys = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            keys.add(Value.of(i));
        }
        return keys;
    }

    /// One variable takes the element; of two the first takes the key.
    private void bind(Pipeline pipeline, Value key, Value element) {
        List<String> names = pipeline.variables();
        for (int i = 0; i < names.size(); i++) {
            Value value = names.size() == 2 && i == 0 ? key : element;
            assign(names.get(i), value, pipeline.offset());
        }
    }

    private void call(Node.Call call, Value dot) {
        List<Node> body = templates.get(call.name());
        if (body == null) {
            throw Fault.at(
                    call.offset(), "template " + Quoting.quote(call.name()) + " not defined");
        }
        Value argument =
                call.argument().map(pipeline -> evaluate(pipeline, dot)).orElse(Value.absent());
        List<Variable> outer = variables;
        variables = new ArrayList<>(List.of(new Variable("$", argument)));
        deeper(call.offset());
        walk(body, argument);
        depth--;
        variables = outer;
    }

    private Value evaluate(Pipeline pipeline, Value dot) {
        Optional<Value> last = Optional.empty();
        for (Command command : pipeline.commands()) {
            last = Optional.of(evaluate(command, dot, last));
        }
        Value value = last.orElse(Value.absent());
        for (String name : pipeline.variables()) {
            if (pipeline.target() == Target.DECLARE) {
                variables.add(new Variable(name, value));
            } else {
                assign(name, value, pipeline.offset());
            }
        }
        return value;
    }

    /// A command's value. What the command before it made comes last among the arguments.
    private Value evaluate(Command command, Value dot, Optional<Value> last) {
        Operand first = command.words().getFirst();
        List<Operand> rest = command.words().subList(1, command.words().size());
        if (first instanceof Operand.Function(int offset, String name)) {
            return function(offset, name, rest, dot, last);
        }
        if (rest.isEmpty() && last.isEmpty()) {
            if (first instanceof Operand.Nil) {
                throw Fault.at(first.offset(), "nil is not a command");
            }
            return evaluate(first, dot);
        }
        return method(first, rest, dot, last);
    }

    private Value function(
            int offset, String name, List<Operand> words, Value dot, Optional<Value> last) {
        step(offset);
        if (name.equals("and") || name.equals("or")) {
            return decide(offset, name, words, dot, last);
        }
        Function function =
                Optional.ofNullable(functions.get(name))
                        .or(() -> Optional.ofNullable(Builtins.ALL.get(name)))
                        .orElseThrow(() ->
                                Fault.at(
                                        offset,
                                        Quoting.quote(name) + " is not a defined function"));
        return call(offset, name, function, arguments(words, dot, last));
    }

    private List<Value> arguments(List<Operand> words, Value dot, Optional<Value> last) {
        List<Value> arguments = new ArrayList<>();
        words.forEach(word -> arguments.add(evaluate(word, dot)));
        last.ifPresent(arguments::add);
        return arguments;
    }

    private Value call(int offset, String name, Function function, List<Value> arguments) {
        try {
            return function.call(new Arguments(name, arguments));
        } catch (Fault fault) {
            throw fault.placed(offset);
        }
    }

    /// `and` and `or` stop at the first argument that decides; the rest is not evaluated.
    private Value decide(
            int offset, String name, List<Operand> words, Value dot, Optional<Value> last) {
        if (words.isEmpty()) {
            return last.orElseThrow(() ->
                    Fault.at(
                            offset,
                            "wrong number of args for " + name + ": want at least 1 got 0"));
        }
        Value value = Value.absent();
        for (Operand word : words) {
            value = evaluate(word, dot);
            if (value.truth() == name.equals("or")) {
                return value;
            }
        }
        return last.orElse(value);
    }

    /// Something that is no function was given arguments: only a gadget's methods take any.
    private Value method(Operand word, List<Operand> rest, Value dot, Optional<Value> last) {
        Fault refused = Fault.at(word.offset(), "can't give argument to non-function");
        List<String> path =
                switch (word) {
                    case Operand.Field(_, List<String> fields) -> fields;
                    case Operand.Variable(_, _, List<String> fields) -> fields;
                    case Operand.Chain(_, _, List<String> fields) -> fields;
                    case Operand.Dot _,
                            Operand.Nil _,
                            Operand.Literal _,
                            Operand.Function _,
                            Operand.Nested _ ->
                            List.of();
                };
        if (path.isEmpty()) {
            throw refused;
        }
        Value owner = fields(base(word, dot), path.subList(0, path.size() - 1), word.offset());
        String name = path.getLast();
        if (owner instanceof Value.Gadget(_, Map<String, Function> methods)
                && methods.containsKey(name)) {
            return call(word.offset(), name, methods.get(name), arguments(rest, dot, last));
        }
        throw Fault.at(word.offset(), name + " is not a method but has arguments");
    }

    private Value base(Operand word, Value dot) {
        return switch (word) {
            case Operand.Variable(int offset, String name, _) -> variable(name, offset);
            case Operand.Chain(_, Operand base, _) -> evaluate(base, dot);
            case Operand.Dot _,
                    Operand.Field _,
                    Operand.Nil _,
                    Operand.Literal _,
                    Operand.Function _,
                    Operand.Nested _ ->
                    dot;
        };
    }

    private Value evaluate(Operand word, Value dot) {
        return switch (word) {
            case Operand.Dot _ -> dot;
            case Operand.Nil _ -> Value.nil();
            case Operand.Literal(_, Value value) -> value;
            case Operand.Function(int offset, String name) ->
                    function(offset, name, List.of(), dot, Optional.empty());
            case Operand.Nested(_, Pipeline pipeline) -> evaluate(pipeline, dot);
            case Operand.Field(int offset, List<String> path) -> fields(dot, path, offset);
            case Operand.Variable(int offset, _, List<String> path) ->
                    fields(base(word, dot), path, offset);
            case Operand.Chain(int offset, _, List<String> path) ->
                    fields(base(word, dot), path, offset);
        };
    }

    private Value fields(Value start, List<String> path, int offset) {
        Value value = start;
        for (String name : path) {
            value = field(value, name, offset);
        }
        return value;
    }

    private Value field(Value owner, String name, int offset) {
        boolean strict = missingKey == MissingKey.ERROR;
        return switch (owner) {
            case Value.Mapping(SortedMap<String, Value> entries) -> {
                if (strict && !entries.containsKey(name)) {
                    throw Fault.at(offset, "map has no entry for key " + Quoting.quote(name));
                }
                yield entries.getOrDefault(name, Value.absent());
            }
            case Value.Structure(String type, Map<String, Value> fields) -> {
                if (!fields.containsKey(name)) {
                    throw Fault.at(offset, "can't evaluate field " + name + " in type " + type);
                }
                yield fields.get(name);
            }
            case Value.Gadget(String type, Map<String, Function> methods) -> {
                if (!methods.containsKey(name)) {
                    throw Fault.at(offset, "can't evaluate field " + name + " in type " + type);
                }
                yield call(offset, name, methods.get(name), List.of());
            }
            case Value.Absent _ -> {
                if (strict) {
                    throw Fault.at(offset, "nil data; no entry for key " + Quoting.quote(name));
                }
                yield Value.absent();
            }
            case Value.Nil _ ->
                    throw Fault.at(offset, "nil pointer evaluating interface {}." + name);
            case Value.Bool _, Value.Int _, Value.Real _, Value.Text _, Value.Listing _ ->
                    throw Fault.at(
                            offset, "can't evaluate field " + name + " in type " + owner.type());
        };
    }

    private Value variable(String name, int offset) {
        for (int i = variables.size() - 1; i >= 0; i--) {
            if (variables.get(i).name().equals(name)) {
                return variables.get(i).value();
            }
        }
        throw Fault.at(offset, "undefined variable: " + name);
    }

    private void assign(String name, Value value, int offset) {
        for (int i = variables.size() - 1; i >= 0; i--) {
            if (variables.get(i).name().equals(name)) {
                variables.set(i, new Variable(name, value));
                return;
            }
        }
        throw Fault.at(offset, "undefined variable: " + name);
    }

    private void forget(int mark) {
        variables.subList(mark, variables.size()).clear();
    }

    private void write(String text, int offset) {
        if (out.length() + text.length() > limits.outputChars()) {
            throw Fault.at(offset, "the text grows beyond " + limits.outputChars() + " characters");
        }
        out.append(text);
    }

    private void step(int offset) {
        if (++steps > limits.steps()) {
            throw Fault.at(offset, "more than " + limits.steps() + " steps: a loop runs away");
        }
    }

    private void deeper(int offset) {
        if (++depth > limits.depth()) {
            throw Fault.at(offset, "exceeded maximum template depth (" + limits.depth() + ")");
        }
    }
}
