package dev.drover.manifests.bench;

import dev.drover.manifests.Syntax;
import java.util.List;
import java.util.stream.Stream;

/// Texts of a few lines that stand for more than a machine has.
public final class Bombs {
    private static final int MANY = 100_000;

    private Bombs() {}

    /// A text, what it is read as, and what it does.
    public record Bomb(String name, Syntax syntax, String text) {
        @Override
        public String toString() {
            return name;
        }
    }

    /// All of them.
    public static Stream<Bomb> all() {
        return Stream.of(
                hcl("brackets", "a = " + "[".repeat(MANY)),
                hcl("braces", "a = " + "{b=".repeat(MANY)),
                hcl("parentheses", "a = " + "(".repeat(MANY)),
                hcl("signs", "a = " + "-".repeat(MANY) + "1"),
                hcl("conditions", "a = " + "true ? 1 : ".repeat(MANY) + "1"),
                hcl("templates", "a = " + "\"${".repeat(MANY)),
                hcl("blocks", "a {\n".repeat(MANY)),
                hcl("a number", "locals {\n a = 1e9999\n}\njob \"x\" {\n name = local.a\n}"),
                hcl("digits", local("format(\"%09999d\", 1)")),
                hcl("a range", local("range(0, 1000000000)")),
                hcl("doubling", doubling()),
                hcl(
                        "replacing",
                        local(
                                "replace(\""
                                        + "a".repeat(9999)
                                        + "\", \"a\", \""
                                        + "b".repeat(9999)
                                        + "\")")),
                hcl(
                        "a large pattern",
                        local("regex_replace(\"a\", \"((a{1000}){1000}){1000}\", \"x\")")),
                hcl("a costly hash", local("bcrypt(\"x\", 31)")),
                hcl("combinations", local("setproduct(range(999), range(999), range(999))")),
                hcl(
                        "loops",
                        local(
                                "[for a in range(999) : [for b in range(999) : [for c in range(999) : c]]]")),
                hcl(
                        "a loop in text",
                        local(
                                "\""
                                        + "%{for a in range(999)}".repeat(4)
                                        + "x"
                                        + "%{endfor}".repeat(4)
                                        + "\"")),
                new Bomb("YAML brackets", Syntax.YAML, "a: " + "[".repeat(MANY)),
                new Bomb("YAML braces", Syntax.YAML, "a: " + "{b: ".repeat(MANY)),
                new Bomb("YAML aliases", Syntax.YAML, laughs()),
                new Bomb("a YAML number", Syntax.YAML, "a: 1e999999999"),
                new Bomb("JSON brackets", Syntax.JSON, "{\"a\": " + "[".repeat(MANY)),
                new Bomb("a JSON number", Syntax.JSON, "{\"a\": 1e999999999}"));
    }

    private static Bomb hcl(String name, String text) {
        return new Bomb(name, Syntax.HCL, text);
    }

    private static String local(String expression) {
        return "locals {\n  a = " + expression + "\n}\n";
    }

    private static String doubling() {
        StringBuilder text = new StringBuilder("locals {\n  a0 = \"xxxxxxxxxx\"\n");
        for (int i = 1; i < 60; i++) {
            text.append("  a%d = \"${local.a%d}${local.a%d}\"\n".formatted(i, i - 1, i - 1));
        }
        return text + "}\n";
    }

    private static String laughs() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String item = "*a" + (i - 1);
            text.append(
                    "a%d: &a%d [%s]\n"
                            .formatted(
                                    i,
                                    i,
                                    String.join(
                                            ", ",
                                            List.of(
                                                    item, item, item, item, item, item, item, item,
                                                    item))));
        }
        return text.toString();
    }
}
