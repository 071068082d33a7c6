package dev.drover.manifests.bench;

import dev.drover.manifests.Syntax;
import dev.drover.manifests.bench.Bombs.Bomb;
import java.util.stream.Stream;

/// Texts in YAML of a few lines that stand for more than a machine has.
final class YamlBombs {
    private static final int MANY = 100_000;

    private YamlBombs() {}

    static Stream<Bomb> all() {
        return Stream.of(
                yaml("YAML brackets", "a: " + "[".repeat(MANY)),
                yaml("YAML braces", "a: " + "{b: ".repeat(MANY)),
                yaml("YAML dashes", "- ".repeat(MANY)),
                yaml("YAML questions", "? ".repeat(MANY)),
                yaml("YAML aliases", laughs("[%s]", "x")),
                yaml("YAML merges", laughs("{<<: [%s]}", "{a: b}")),
                yaml("a YAML number", "a: 1e999999999"),
                yaml("YAML digits", "a: 1" + "0".repeat(MANY)));
    }

    private static Bomb yaml(String name, String text) {
        return new Bomb(name, Syntax.YAML, text);
    }

    private static String laughs(String form, String first) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            String items = Bombs.times(9, i == 0 ? first : "*a" + (i - 1));
            text.append("a%d: &a%d %s\n".formatted(i, i, form.formatted(items)));
        }
        return text.toString();
    }
}
