package dev.drover.manifests.hcl.function;

import dev.drover.manifests.hcl.value.Budget;
import dev.drover.manifests.hcl.value.Mistake;
import dev.drover.manifests.hcl.value.Value;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All functions by name. `try`, `can` and `convert` are not here: they look at their arguments
/// before they have values, so the evaluator does them itself.
public final class Functions {

    /// What the evaluator does itself; named here so that suggestions know them. What to write
    /// instead of functions of Terraform, whose files look alike.
    private static final Map<String, String> ELSEWHERE =
            Map.of(
                    "tolist", "write convert(…, list(string))",
                    "toset", "write convert(…, set(string))",
                    "tomap", "write convert(…, map(string))",
                    "tostring", "write \"${…}\"",
                    "tonumber", "write convert(…, number)",
                    "tobool", "write convert(…, bool)",
                    "startswith", "write trimprefix(text, start) != text",
                    "endswith", "write trimsuffix(text, end) != text",
                    "templatefile",
                            "write the text into a heredoc: ${…} and %{…} mean something in it");

    private static final Set<String> LAZY = Set.of("try", "can", "convert");

    private static final Map<String, Definition> PURE =
            Stream.of(
                            TextFunctions.ALL.stream(),
                            NumberFunctions.ALL.stream(),
                            CollectionFunctions.ALL.stream(),
                            SetFunctions.ALL.stream(),
                            EncodingFunctions.ALL.stream(),
                            HashFunctions.ALL.stream(),
                            NetworkFunctions.ALL.stream(),
                            TimeFunctions.ALL.stream())
                    .flatMap(Function.identity())
                    .collect(Collectors.toUnmodifiableMap(Definition::name, Function.identity()));

    private final Map<String, Definition> ofFiles;

    /// The functions, with files as far as `files` gives them.
    public Functions(Files files) {
        this.ofFiles =
                new FileFunctions(files)
                        .all().stream()
                                .collect(
                                        Collectors.toUnmodifiableMap(
                                                Definition::name, Function.identity()));
    }

    /// The result of a call; a [Mistake] when there is no such function or its arguments do not
    /// fit.
    public Value call(String name, List<Value> arguments, Budget budget) {
        Definition function = PURE.getOrDefault(name, ofFiles.get(name));
        if (function == null) {
            throw unknown(name);
        }
        if (arguments.size() < function.least() || arguments.size() > function.most()) {
            throw new Mistake(
                            Code.FUNCTION_CALL,
                            name + " takes " + function.arity() + ", not " + arguments.size(),
                            "")
                    .in(Math.min(arguments.size(), function.most()));
        }
        if (!function.takesNull() && arguments.contains(Value.nothing())) {
            throw new Mistake(Code.FUNCTION_CALL, name + " does not take null", "")
                    .in(arguments.indexOf(Value.nothing()));
        }
        try {
            return function.body().apply(arguments, budget);
        } catch (Mistake mistake) {
            Code code = mistake.code() == Code.EVALUATION ? Code.FUNCTION_CALL : mistake.code();
            throw mistake.within(name, code);
        }
    }

    private Mistake unknown(String name) {
        return new Mistake(
                Code.UNKNOWN_FUNCTION,
                "there is no function named \"" + name + "\"",
                () ->
                        Optional.ofNullable(ELSEWHERE.get(name))
                                .or(() ->
                                        Suggestion.of(name, names())
                                                .map(near -> "did you mean " + near + "?"))
                                .orElse(""));
    }

    /// The names of all functions, sorted.
    public List<String> names() {
        return Stream.of(PURE.keySet(), ofFiles.keySet(), LAZY)
                .flatMap(Set::stream)
                .sorted()
                .toList();
    }
}
