package dev.drover.controller.api;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Value;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Small JSON documents that are no record of the model.
final class Json {
    private Json() {}

    static Value text(String text) {
        return new Value.Text(text);
    }

    static Value number(long number) {
        return new Value.Num(BigDecimal.valueOf(number));
    }

    static Value flag(boolean flag) {
        return new Value.Bool(flag);
    }

    static Value items(List<Value> items) {
        return new Value.Items(items);
    }

    static Value texts(String... texts) {
        return items(Arrays.stream(texts).map(Json::text).toList());
    }

    static Value.Fields fields(Map<String, Value> fields) {
        return new Value.Fields(fields);
    }

    static String of(Map<String, Value> fields) {
        return RecordJson.value(fields(fields));
    }

    /// A text between quotes, escaped.
    static String quoted(String text) {
        return RecordJson.value(text(text));
    }
}
