package dev.drover.node.jail;

import dev.drover.manifests.model.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A jail's config by its keys, however they were written. Collects what is wrong with it.
final class Settings {
    private static final Set<String> YES = Set.of("true", "yes", "1");
    private static final Set<String> NO = Set.of("false", "no", "0");

    private final Map<JailKey, Value> values = new EnumMap<>(JailKey.class);
    private final List<String> refusals = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    Settings(Map<String, Value> config) {
        new TreeMap<>(config).forEach(this::put);
    }

    private void put(String written, Value value) {
        Optional<JailKey> key = JailKey.named(written);
        if (value instanceof Value.Nothing) {
            return;
        }
        if (key.isEmpty()) {
            refuse("config." + written + " is not a key of the jail driver");
        } else if (values.put(key.get(), value) != null) {
            refuse("config." + written + " is given twice, as " + key.get().word() + " too");
        }
    }

    List<String> refusals() {
        return refusals;
    }

    List<String> warnings() {
        return warnings;
    }

    void refuse(String because) {
        refusals.add(because);
    }

    void refuse(JailKey key, String because) {
        refusals.add("config." + key.word() + ": " + because);
    }

    void warn(JailKey key, String because) {
        warnings.add("config." + key.word() + " has no effect: " + because);
    }

    Set<JailKey> given() {
        return values.keySet();
    }

    Optional<String> text(JailKey key) {
        return Optional.ofNullable(values.get(key)).flatMap(value -> text(key, value));
    }

    /// Yes or no; empty when it is not given.
    Optional<Boolean> flag(JailKey key) {
        return text(key)
                .flatMap(text -> {
                    String word = text.toLowerCase(Locale.ROOT);
                    if (!YES.contains(word) && !NO.contains(word)) {
                        refuse(key, "\"" + text + "\" is neither true nor false");
                        return Optional.empty();
                    }
                    return Optional.of(YES.contains(word));
                });
    }

    Optional<Integer> number(JailKey key) {
        return text(key)
                .flatMap(text -> {
                    try {
                        return Optional.of(new BigDecimal(text).intValueExact());
                    } catch (ArithmeticException | NumberFormatException e) {
                        refuse(key, "\"" + text + "\" is not a whole number");
                        return Optional.empty();
                    }
                });
    }

    List<String> texts(JailKey key) {
        Value value = values.getOrDefault(key, new Value.Items(List.of()));
        if (value instanceof Value.Items(List<Value> items)) {
            List<String> texts = new ArrayList<>();
            items.forEach(item -> text(key, item).ifPresent(texts::add));
            return texts;
        }
        refuse(key, "must be a list, like [\"a\", \"b\"]");
        return List.of();
    }

    /// Named blocks; HCL gives one block as a list of one.
    Map<String, Value> fields(JailKey key) {
        Value value = values.getOrDefault(key, new Value.Fields(Map.of()));
        return fields(value)
                .orElseGet(() -> {
                    refuse(key, "must be a block");
                    return Map.of();
                });
    }

    static Optional<Map<String, Value>> fields(Value value) {
        return switch (value) {
            case Value.Fields(Map<String, Value> fields) -> Optional.of(fields);
            case Value.Items(List<Value> items) when items.size() == 1 -> fields(items.getFirst());
            case Value.Items _, Value.Text _, Value.Num _, Value.Bool _, Value.Nothing _ ->
                    Optional.empty();
        };
    }

    private Optional<String> text(JailKey key, Value value) {
        return switch (value) {
            case Value.Text(String text) -> Optional.of(text);
            case Value.Num(BigDecimal number) -> Optional.of(number.toPlainString());
            case Value.Bool(boolean flag) -> Optional.of(Boolean.toString(flag));
            case Value.Nothing _ -> Optional.empty();
            case Value.Items _, Value.Fields _ -> {
                refuse(key, "must be a text");
                yield Optional.empty();
            }
        };
    }
}
