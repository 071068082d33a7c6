package dev.drover.node.driver;

import dev.drover.manifests.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Reads a driver's config. What it refuses is the job author's mistake, said in one sentence.
public final class Config {
    private final Map<String, Value> values;

    /// Of a task.
    public Config(Map<String, Value> values) {
        this.values = values;
    }

    /// The config does not say what the driver needs to know.
    public static final class Mistake extends Exception {
        private static final long serialVersionUID = 1;

        private final String because;

        /// Says what is wrong.
        public Mistake(String because) {
            super(because);
            this.because = because;
        }

        /// What is wrong.
        public String because() {
            return because;
        }
    }

    /// Refuses keys that are not among `known`.
    public Config only(Set<String> known) throws Mistake {
        for (String key : new TreeSet<>(values.keySet())) {
            if (!known.contains(key)) {
                throw new Mistake(
                        "config." + key + " is not known; known are " + new TreeSet<>(known));
            }
        }
        return this;
    }

    /// A text that must be there.
    public String text(String key) throws Mistake {
        return optionalText(key).orElseThrow(() -> new Mistake("config." + key + " is missing"));
    }

    /// A text that may be there.
    public Optional<String> optionalText(String key) throws Mistake {
        Value value = values.getOrDefault(key, new Value.Nothing());
        return value instanceof Value.Nothing ? Optional.empty() : Optional.of(text(key, value));
    }

    /// A list of texts; empty when it is not there.
    public List<String> texts(String key) throws Mistake {
        return switch (values.getOrDefault(key, new Value.Nothing())) {
            case Value.Nothing() -> List.of();
            case Value.Items(List<Value> items) -> {
                String[] texts = new String[items.size()];
                for (int i = 0; i < texts.length; i++) {
                    texts[i] = text(key + "[" + i + "]", items.get(i));
                }
                yield List.of(texts);
            }
            case Value.Text _, Value.Num _, Value.Bool _, Value.Fields _ ->
                    throw new Mistake("config." + key + " must be a list, like [\"a\", \"b\"]");
        };
    }

    /// Numbers and truth values are texts too: authors write `args = [8080]`.
    private static String text(String key, Value value) throws Mistake {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Num(var number) -> number.toPlainString();
            case Value.Bool(boolean flag) -> Boolean.toString(flag);
            case Value.Nothing _, Value.Items _, Value.Fields _ ->
                    throw new Mistake("config." + key + " must be a text");
        };
    }
}
