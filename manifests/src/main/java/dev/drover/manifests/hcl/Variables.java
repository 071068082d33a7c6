package dev.drover.manifests.hcl;

import dev.drover.manifests.hcl.value.Conversion;
import dev.drover.manifests.hcl.value.Mistake;
import dev.drover.manifests.hcl.value.Type;
import dev.drover.manifests.hcl.value.Value;
import dev.drover.manifests.json.JsonReader;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Problem;
import dev.drover.manifests.tree.Source;
import dev.drover.manifests.tree.Suggestion;
import dev.drover.manifests.tree.TreeReading;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The variables that a file declares, and the values they get from defaults, environment, variable
/// files and arguments.
final class Variables {

    private static final List<String> FIELDS =
            List.of("type", "default", "description", "validation");

    private static final List<String> OF_VALIDATION = List.of("condition", "error_message");

    private final Map<String, Declaration> declared = new LinkedHashMap<>();

    /// Those that somebody gave a value which is a mistake, noted as such.
    private final Set<String> misgiven = new HashSet<>();

    private final Evaluator evaluator;
    private final Problems problems;

    Variables(Evaluator evaluator, Problems problems) {
        this.evaluator = evaluator;
        this.problems = problems;
    }

    /// `broken` when its type or default is a mistake, which is noted then.
    private record Declaration(
            int at,
            String name,
            Optional<Type> type,
            boolean broken,
            Optional<Value> otherwise,
            List<Body.Block> validations) {}

    /// `variable "name" { … }`
    void declare(Body.Block block) {
        if (block.labels().size() != 1) {
            problems.add(
                    block.at(),
                    Code.LABELS,
                    "a variable has one label, its name",
                    "write variable \"name\" { … }");
            return;
        }
        Body.Label label = block.labels().getFirst();
        if (!isName(label.text())) {
            problems.add(
                    label.at(),
                    Code.INVALID_NAME,
                    "\"" + label.text() + "\" cannot be a variable's name",
                    "begin with a letter or underscore; letters, digits, underscores and dashes may follow");
        }
        int mistakes = problems.all().size();
        Optional<Type> type = Optional.empty();
        Optional<Expression> otherwise = Optional.empty();
        List<Body.Block> validations = new ArrayList<>();
        for (Body.Item item : block.body().items()) {
            switch (item) {
                case Body.Argument(_, String name, Expression value) when name.equals("type") ->
                        type = problems.attempt(() -> TypeExpression.exact(value));
                case Body.Argument(_, String name, Expression value) when name.equals("default") ->
                        otherwise = Optional.of(value);
                case Body.Block inner when inner.name().equals("validation") ->
                        validations.add(inner);
                case Body.Argument _, Body.Block _ -> known(item);
            }
        }
        Optional<Type> wanted = type;
        Optional<Value> value =
                otherwise.flatMap(
                        expression -> problems.attempt(() -> fitting(expression, wanted)));
        put(
                new Declaration(
                        label.at(),
                        label.text(),
                        type,
                        problems.all().size() > mistakes,
                        value,
                        validations));
        validations.forEach(validation -> validation(validation, label.text()));
    }

    private Value fitting(Expression expression, Optional<Type> type) {
        Value value = constant(evaluator.text(), expression);
        try {
            return type.map(wanted -> Conversion.to(wanted, value)).orElse(value);
        } catch (Mistake mistake) {
            throw new EvaluationError(
                    expression.span(),
                    new Mistake(
                            Code.INVALID_VARIABLE,
                            "the default does not fit the variable's type: " + mistake.why(),
                            ""));
        }
    }

    /// The value of an expression that refers to nothing.
    private Value constant(String text, Expression expression) {
        return evaluator.constants(text).evaluate(expression, Scope.empty());
    }

    private static boolean isName(String text) {
        Lexer lexer = new Lexer(text);
        return !lexer.name().isEmpty() && lexer.atEnd();
    }

    /// A condition about this variable, and what is said where it does not hold.
    private void validation(Body.Block validation, String variable) {
        for (String name : OF_VALIDATION) {
            if (argument(validation, name).isEmpty()) {
                problems.add(
                        validation.at(),
                        Code.MISSING_FIELD,
                        "a validation needs " + name,
                        "write " + name + " = …");
            }
        }
        argument(validation, "condition")
                .filter(condition -> !References.of("var", condition.value()).contains(variable))
                .ifPresent(condition ->
                        problems.add(
                                condition.value().span().start(),
                                Code.INVALID_VARIABLE,
                                "the condition does not look at var." + variable,
                                "test the variable that it belongs to"));
    }

    private void known(Body.Item item) {
        if (!FIELDS.contains(item.name())) {
            String fix =
                    Suggestion.of(item.name(), FIELDS)
                            .map(near -> "did you mean " + near + "?")
                            .orElse("a variable has " + String.join(", ", FIELDS));
            problems.add(
                    item.at(),
                    Code.UNKNOWN_FIELD,
                    "a variable has no \"" + item.name() + "\"",
                    fix);
        }
    }

    /// `variables { name = default … }`
    void declareAll(Body.Block block) {
        if (!block.labels().isEmpty()) {
            problems.add(
                    block.labels().getFirst().at(),
                    Code.LABELS,
                    "a variables block has no label",
                    "remove it");
        }
        for (Body.Item item : block.body().items()) {
            if (item instanceof Body.Argument(int at, String name, Expression expression)) {
                Optional<Value> value =
                        problems.attempt(() -> constant(evaluator.text(), expression));
                put(
                        new Declaration(
                                at, name, value.map(Type::of), value.isEmpty(), value, List.of()));
            } else {
                problems.add(
                        item.at(),
                        Code.UNKNOWN_FIELD,
                        "variables hold name = default only, not a block \"" + item.name() + "\"",
                        "");
            }
        }
    }

    private void put(Declaration declaration) {
        if (declared.putIfAbsent(declaration.name(), declaration) != null) {
            problems.add(
                    declaration.at(),
                    Code.DUPLICATE,
                    "the variable \"" + declaration.name() + "\" is already declared",
                    "keep one of the two");
        }
    }

    /// The object that `var` is. Variables without a value or with a wrong one are noted as
    /// problems.
    Value values(Inputs inputs) {
        SortedMap<String, Value> values = new TreeMap<>();
        Map<String, Value> given = given(inputs);
        for (Declaration declaration : declared.values()) {
            Value value = given.get(declaration.name());
            if (value != null || declaration.otherwise().isPresent()) {
                values.put(
                        declaration.name(),
                        value != null ? value : declaration.otherwise().orElseThrow());
            } else if (!declaration.broken()
                    && !misgiven.contains(declaration.name())
                    && (problems.none() || given.isEmpty())) {
                unset(declaration);
            }
        }
        Value all = new Value.Structure(Value.sorted(values));
        declared.values().forEach(declaration -> validate(declaration, all, values.keySet()));
        return all;
    }

    private void unset(Declaration declaration) {
        problems.add(
                declaration.at(),
                Code.UNSET_VARIABLE,
                "the variable \"" + declaration.name() + "\" has no value",
                "give one with -var "
                        + declaration.name()
                        + "=…, in a -var-file, or as DROVER_VAR_"
                        + declaration.name()
                        + "; or give it a default");
    }

    private Map<String, Value> given(Inputs inputs) {
        Map<String, Value> given = new TreeMap<>();
        inputs.environment()
                .forEach((name, text) -> {
                    Declaration declaration = declared.get(name);
                    if (declaration != null) {
                        parsed("environment variable " + name, text, declaration)
                                .ifPresent(value -> given.put(name, value));
                    }
                });
        inputs.variableFiles().forEach(file -> given.putAll(ofFile(file)));
        inputs.arguments()
                .forEach((name, text) -> {
                    Declaration declaration = declared.get(name);
                    if (declaration == null) {
                        undeclared(name).ifPresent(problems::add);
                    } else {
                        parsed("-var " + name, text, declaration)
                                .ifPresent(value -> given.put(name, value));
                    }
                });
        return given;
    }

    private Optional<Problem> undeclared(String name) {
        String fix =
                Suggestion.of(name, declared.keySet())
                        .map(near -> "did you mean " + near + "?")
                        .orElse("declare it: variable \"" + name + "\" {}");
        return Optional.of(
                Problem.of(
                        Code.UNKNOWN_REFERENCE,
                        "-var sets \"" + name + "\", which the file does not declare",
                        fix));
    }

    /// Text from a command line or the environment: as it is where a string is wanted, an
    /// expression for every other type.
    private Optional<Value> parsed(String origin, String text, Declaration declaration) {
        boolean plain =
                declaration.type().isEmpty()
                        || declaration.type().get() == Type.Simple.STRING
                        || declaration.type().get() == Type.Simple.ANY;
        Source source = new Source(origin, text);
        Problems found = new Problems(source);
        Optional<Value> value =
                plain
                        ? Optional.of(Value.of(text))
                        : found.attempt(() -> fit(evaluated(source, declaration), declaration));
        found.all().forEach(problems::add);
        if (value.isEmpty()) {
            misgiven.add(declaration.name());
        }
        return value;
    }

    private Value evaluated(Source source, Declaration declaration) {
        try {
            Expression expression = Parser.expression(source);
            if (expression instanceof Expression.Variable(Span span, String word)) {
                throw new EvaluationError(span, bareWord(word, declaration));
            }
            return constant(source.text(), expression);
        } catch (SyntaxError e) {
            throw new EvaluationError(
                    new Span(e.at(), e.at()),
                    new Mistake(Code.INVALID_VARIABLE, e.what(), e.fix()));
        }
    }

    /// A text without quotes, which a shell may have taken away.
    private static Mistake bareWord(String word, Declaration declaration) {
        String type = declaration.type().map(Type::toString).orElse("any");
        return new Mistake(
                Code.INVALID_VARIABLE,
                "the variable's type is " + type + ", and " + word + " is nothing of that",
                "write numbers in digits, and texts inside of lists and objects in double quotes: '[\"a\"]'");
    }

    private static Value fit(Value value, Declaration declaration) {
        try {
            return Conversion.to(declaration.type().orElse(Type.Simple.ANY), value);
        } catch (Mistake mistake) {
            throw new EvaluationError(
                    new Span(0, 0),
                    new Mistake(
                            Code.INVALID_VARIABLE,
                            "the value does not fit the variable's type: " + mistake.why(),
                            ""));
        }
    }

    private Map<String, Value> ofFile(Source file) {
        Map<String, Value> values = new TreeMap<>();
        Problems found = new Problems(file);
        for (Body.Item item : items(file, found)) {
            Declaration declaration = declared.get(item.name());
            if (declaration == null || !(item instanceof Body.Argument argument)) {
                String fix =
                        Suggestion.of(item.name(), declared.keySet())
                                .map(near -> "did you mean " + near + "?")
                                .orElse("declare it: variable \"" + item.name() + "\" {}");
                found.add(
                        item.at(),
                        Code.UNKNOWN_REFERENCE,
                        "the manifest does not declare a variable \"" + item.name() + "\"",
                        fix);
                continue;
            }
            found.attempt(() -> fit(constant(file.text(), argument.value()), declaration))
                    .ifPresentOrElse(
                            value -> values.put(item.name(), value),
                            () -> misgiven.add(item.name()));
        }
        found.all().forEach(problems::add);
        return values;
    }

    /// A variable file is HCL, or an object in JSON when its name says so.
    private static List<Body.Item> items(Source file, Problems found) {
        if (!file.name().endsWith(".json")) {
            Parser.Parsed parsed = Parser.parse(file);
            parsed.problems().forEach(found::add);
            return parsed.body().items();
        }
        TreeReading read = JsonReader.read(file);
        read.problems().forEach(found::add);
        return read.documents().stream()
                .flatMap(object ->
                        new JsonBodies(file, found)
                                .body(object, HclReader.BlockTypes.NONE).items().stream())
                .toList();
    }

    /// Conditions about a variable without a value say nothing: that it has none is said already.
    private void validate(Declaration declaration, Value all, Set<String> known) {
        Scope scope = Scope.of(Map.of("var", () -> all));
        for (Body.Block validation : declaration.validations()) {
            Optional<Body.Argument> condition =
                    argument(validation, "condition").filter(each -> isKnown(each.value(), known));
            Optional<Boolean> holds =
                    condition.flatMap(argument ->
                            problems.attempt(() -> evaluator.truth(argument.value(), scope)));
            if (holds.equals(Optional.of(false))) {
                String message =
                        argument(validation, "error_message")
                                .flatMap(argument ->
                                        problems.attempt(
                                                () -> evaluator.key(argument.value(), scope)))
                                .orElse("its condition is false");
                problems.add(
                        validation.at(),
                        Code.INVALID_VARIABLE,
                        "the value of the variable \""
                                + declaration.name()
                                + "\" is not allowed: "
                                + message,
                        "");
            }
        }
    }

    private boolean isKnown(Expression condition, Set<String> known) {
        return References.of("var", condition).stream()
                .allMatch(name -> known.contains(name) || !declared.containsKey(name));
    }

    private static Optional<Body.Argument> argument(Body.Block block, String name) {
        return block.body().items().stream()
                .filter(item -> item instanceof Body.Argument && item.name().equals(name))
                .map(Body.Argument.class::cast)
                .findFirst();
    }
}
