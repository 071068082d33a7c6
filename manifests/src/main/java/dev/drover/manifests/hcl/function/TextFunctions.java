package dev.drover.manifests.hcl.function;

import static dev.drover.manifests.hcl.function.Arguments.text;
import static dev.drover.manifests.hcl.function.Arguments.texts;

import dev.drover.manifests.hcl.value.Budget;
import dev.drover.manifests.hcl.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Functions of strings.
final class TextFunctions {

    static final List<Definition> ALL =
            List.of(
                    Definition.of(
                            "lower",
                            1,
                            (arguments, _) ->
                                    Value.of(text(arguments, 0).toLowerCase(Locale.ROOT))),
                    Definition.of(
                            "upper",
                            1,
                            (arguments, _) ->
                                    Value.of(text(arguments, 0).toUpperCase(Locale.ROOT))),
                    Definition.of(
                            "trimspace", 1, (arguments, _) -> Value.of(text(arguments, 0).strip())),
                    Definition.of("join", 2, Definition.MANY, TextFunctions::join),
                    Definition.of("replace", 3, TextFunctions::replace));

    private TextFunctions() {}

    private static Value join(List<Value> arguments, Budget budget) {
        String separator = text(arguments, 0);
        List<String> words = new ArrayList<>();
        arguments.subList(1, arguments.size()).forEach(list -> words.addAll(texts(list)));
        budget.produce(
                words.stream().mapToLong(word -> word.length() + (long) separator.length()).sum());
        return Value.of(String.join(separator, words));
    }

    private static Value replace(List<Value> arguments, Budget budget) {
        String result = text(arguments, 0).replace(text(arguments, 1), text(arguments, 2));
        budget.produce(result.length());
        return Value.of(result);
    }
}
