package dev.drover.manifests.bench;

import dev.drover.manifests.Syntax;
import java.util.Collections;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
        return Stream.of(written(), repeated(), sharing(), YamlBombs.all(), FunctionBombs.all())
                .flatMap(Function.identity());
    }

    /// Deep or long as they stand there.
    private static Stream<Bomb> written() {
        return Stream.of(
                hcl("brackets", "a = " + "[".repeat(MANY)),
                hcl("braces", "a = " + "{b=".repeat(MANY)),
                hcl("parentheses", "a = " + "(".repeat(MANY)),
                hcl("signs", "a = " + "-".repeat(MANY) + "1"),
                hcl("negations", "a = " + "!".repeat(MANY) + "true"),
                hcl("conditions", "a = " + "true ? 1 : ".repeat(MANY) + "1"),
                hcl("templates", "a = " + "\"${".repeat(MANY)),
                hcl("directives", "a = \"" + "%{if true}".repeat(MANY)),
                hcl("a long line in a heredoc", "a = <<E\n" + "a ".repeat(MANY) + "\nE\nb = $\n"),
                hcl("calls", "a = " + "upper(".repeat(MANY)),
                hcl("loops in loops", "a = " + "[for a in ".repeat(MANY)),
                hcl("splats", local("a" + "[*]".repeat(MANY))),
                hcl("blocks", "a {\n".repeat(MANY)),
                hcl("types", "variable \"a\" {\n  type = " + "list(".repeat(MANY)),
                hcl("a number", "locals {\n a = 1e9999\n}\njob \"x\" {\n name = local.a\n}"),
                hcl("many digits", local("1" + "0".repeat(MANY))),
                hcl("digits in text", local("\"1" + "0".repeat(MANY) + "\" + 1")),
                hcl("an index", local("a." + "1".repeat(MANY))),
                hcl("a chain of locals", chain()),
                new Bomb(
                        "mistakes on one line",
                        Syntax.JSON,
                        "{\"job\": {\"a\": {" + mistakes() + "}}}"),
                new Bomb("JSON brackets", Syntax.JSON, "{\"a\": " + "[".repeat(MANY)),
                new Bomb("a JSON number", Syntax.JSON, "{\"a\": 1e999999999}"),
                new Bomb(
                        "JSON templates",
                        Syntax.JSON,
                        "{\"locals\": {\"a\": \"${[for a in range(999) : [for b in range(999) : 1]]}\"}}"));
    }

    /// Turns in turns.
    private static Stream<Bomb> repeated() {
        return Stream.of(
                hcl("loops", local("[for a in range(999) : [for b in range(999) : b]]")),
                hcl(
                        "deep loops",
                        local(
                                "[for a in range(999) : [for b in range(999) : [for c in range(999) : c]]]")),
                hcl(
                        "unwanted",
                        local("[for a in range(999) : [for b in range(999) : b if false]]")),
                hcl(
                        "loops of objects",
                        local("{for a in range(999) : a => {for b in range(999) : b => b}}")),
                hcl(
                        "groups",
                        local("{for a in range(999) : \"a\" => [for b in range(999) : b]...}")),
                hcl(
                        "a loop in text",
                        local(
                                "\""
                                        + "%{for a in range(999)}".repeat(4)
                                        + "x"
                                        + "%{endfor}".repeat(4)
                                        + "\"")),
                hcl(
                        "an empty loop in text",
                        local(
                                "\""
                                        + "%{for a in range(999)}".repeat(3)
                                        + "%{endfor}".repeat(3)
                                        + "\"")),
                hcl(
                        "a loop in a heredoc",
                        "locals {\n  a = <<E\n"
                                + "%{for a in range(999)}\n".repeat(3)
                                + "ä€😀\n"
                                + "%{endfor}\n".repeat(3)
                                + "E\n}\n"),
                hcl("dynamic blocks", dynamic("")),
                hcl("dynamic blocks of values", dynamic("x = range(999)\n")));
    }

    /// A value that stands in many places.
    private static Stream<Bomb> sharing() {
        return Stream.of(
                hcl("doubling", doubling("\"xxxxxxxxxx\"", "\"${%1$s}${%1$s}\"", "")),
                hcl(
                        "doubling of other letters",
                        doubling("\"€€€€€€€€\"", "\"${%1$s}${%1$s}\"", "")),
                hcl("doubled lists", doubling("[]", "[%1$s, %1$s]", "")),
                hcl("doubled objects", doubling("{}", "{a = %1$s, b = %1$s}", "")),
                hcl("doubled calls", doubling("[1]", "concat(%1$s, %1$s)", "")),
                hcl("compared", doubling("[]", "[%1$s, %1$s]", "  b = local.a14 == local.a15\n")),
                hcl(
                        "chosen",
                        doubling(
                                "[]",
                                "[%1$s, %1$s]",
                                "  b = [for a in range(999) : true ? local.a13 : local.a13]\n")),
                hcl(
                        "converted",
                        doubling(
                                "[]",
                                "[%1$s, %1$s]",
                                "  b = [for a in range(999) : convert(local.a12, list(any))]\n")),
                hcl("printed", doubling("[]", "[%1$s, %1$s]", "  b = jsonencode(local.a16)\n")),
                hcl(
                        "misses",
                        """
                        locals {
                          a = {for i in range(999) : "name${i}" => 1}
                          b = [for i in range(999) : [for j in range(999) : try(local.a["nam${j}"], 1)]]
                        }
                        """),
                hcl(
                        "large numbers",
                        local("[for a in range(999) : [for b in range(999) : 1e-9999 * 1e-9998]]")),
                hcl("growing numbers", local("1e9999" + " * 1e9999".repeat(999))),
                hcl("shrinking numbers", local("1e-9999" + " * 1e-9999".repeat(999))));
    }

    static Bomb hcl(String name, String text) {
        return new Bomb(name, Syntax.HCL, text);
    }

    static String local(String expression) {
        return "locals {\n  a = " + expression + "\n}\n";
    }

    private static String mistakes() {
        return IntStream.range(0, MANY / 100)
                .mapToObj(i -> "\"wrong%d\": 1".formatted(i))
                .collect(Collectors.joining(", "));
    }

    private static String dynamic(String content) {
        return "dynamic \"a\" {\n  for_each = range(999)\n  content {\n".repeat(3)
                + content
                + "}\n}\n".repeat(3);
    }

    private static String chain() {
        StringBuilder text = new StringBuilder("locals {\n");
        for (int i = 0; i < MANY / 10; i++) {
            text.append("  a%05d = local.a%05d\n".formatted(i, i + 1));
        }
        return text.append("}\n").toString();
    }

    /// Sixty times twice what was before.
    private static String doubling(String first, String next, String last) {
        StringBuilder text = new StringBuilder("locals {\n  a0 = " + first + "\n");
        for (int i = 1; i < (last.isEmpty() ? 60 : 17); i++) {
            text.append("  a%d = %s\n".formatted(i, next.formatted("local.a" + (i - 1))));
        }
        return text + last + "}\n";
    }

    static String times(int times, String item) {
        return String.join(", ", Collections.nCopies(times, item));
    }
}
