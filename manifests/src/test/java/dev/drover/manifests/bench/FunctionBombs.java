package dev.drover.manifests.bench;

import dev.drover.manifests.bench.Bombs.Bomb;
import java.util.List;
import java.util.stream.Stream;

/// Every function, called a million times with more than anybody would give it.
public final class FunctionBombs {

    /// `text` of 20,000 letters, `latin` of as many; `list` of 999 numbers, `words` of 999 texts,
    /// `map` of 999 entries, `nest` of 999 lists.
    private static final String VALUES =
            """
            locals {
              latin = replace(format("%4000s", ""), " ", "ab <\\n")
              text  = replace(format("%4000s", ""), " ", "ä€ <\\n")
              list  = range(999)
              words = [for i in range(999) : "word ${i}"]
              map   = {for i in range(999) : "name ${i}" => i}
              nest  = [for i in range(99) : [i, [i, "a"]]]
              z     = [for i in range(999) : [for j in range(999) : try(CALL, 0)]]
            }
            """;

    private static final List<String> CALLS =
            List.of(
                    "abs(-1e-9999)",
                    "abspath(local.text)",
                    "base64decode(local.latin)",
                    "base64decode(base64encode(local.text))",
                    "base64encode(local.text)",
                    "basename(local.text)",
                    "bcrypt(\"x\", 5)",
                    "bcrypt(\"x\", 31)",
                    "can(upper(local.text))",
                    "ceil(1e-9999)",
                    "chomp(local.text)",
                    "chunklist(local.list, 2)",
                    "cidrhost(\"10.0.0.0/8\", i)",
                    "cidrnetmask(\"10.0.0.0/8\")",
                    "cidrsubnet(\"fd00::/8\", 8, 2)",
                    "cidrsubnets(\"fd00::/8\", [for k in range(999) : 16]...)",
                    "coalesce(local.words...)",
                    "coalescelist(local.nest...)",
                    "compact(local.words)",
                    "concat(local.list, local.words)",
                    "contains(local.nest, 1)",
                    "convert(local.list, set(string))",
                    "csvdecode(local.latin)",
                    "csvdecode(join(\"\\n\", local.words))",
                    "dirname(local.text)",
                    "distinct(local.words)",
                    "element(local.list, 5)",
                    "file(local.text)",
                    "filebase64(local.text)",
                    "fileexists(local.text)",
                    "fileset(local.text, local.text)",
                    "flatten(local.nest)",
                    "floor(1e-9999)",
                    "format(\"%4096s\", local.text)",
                    "format(\"%#v\", local.map)",
                    "format(\"%4096.4096f\", 1)",
                    "format(join(\"\", [for k in range(999) : \"%[1]4096d\"]), 1)",
                    "formatdate(local.text, \"2026-01-31T23:59:59Z\")",
                    "formatdate(\"YYYY\", local.text)",
                    "formatlist(\"%s and %s\", local.words, local.list)",
                    "indent(2147483647, local.text)",
                    "indent(2000, local.text)",
                    "index(local.nest, [98, [98, \"a\"]])",
                    "join(local.text, local.words)",
                    "jsondecode(jsonencode(local.nest))",
                    "jsondecode(local.text)",
                    "jsonencode(local.text)",
                    "jsonencode(local.map)",
                    "keys(local.map)",
                    "length(local.list)",
                    "log(i, j)",
                    "lookup(local.map, \"none\", 1)",
                    "lower(local.text)",
                    "max(local.list...)",
                    "md5(local.text)",
                    "merge(local.map, {a = 1})",
                    "min(local.list...)",
                    "parseint(local.latin, 10)",
                    "pathexpand(local.text)",
                    "pow(1e300, 1e300)",
                    "range(999)",
                    "range(1e-9999, 1, 1e-9998)",
                    "regex_replace(local.text, \"(.*<|x)*y?\", \"$1$1\")",
                    "regex_replace(local.text, \"((((a{9}){9}){9})|.)\", \"x\")",
                    "regex_replace(\"a\", \"(\\\\pL{1000})\", \"x\")",
                    "replace(local.text, \"<\", \"xx\")",
                    "reverse(local.text)",
                    "rsadecrypt(local.latin, local.text)",
                    "setintersection(local.list, local.words)",
                    "setproduct(local.list, [1, 2])",
                    "setunion(local.list, local.words)",
                    "sha1(local.text)",
                    "sha256(local.text)",
                    "sha512(local.text)",
                    "signum(i)",
                    "slice(local.list, 0, 999)",
                    "sort(local.words)",
                    "split(\"\", local.text)",
                    "split(\"<\", local.text)",
                    "strlen(local.text)",
                    "strrev(local.text)",
                    "substr(local.text, 0, 9999)",
                    "timeadd(\"2026-01-31T23:59:59Z\", \"1h\")",
                    "title(local.text)",
                    "trim(local.text, local.text)",
                    "trimprefix(local.text, local.text)",
                    "trimspace(local.text)",
                    "trimsuffix(local.text, local.text)",
                    "try(local.text)",
                    "upper(local.text)",
                    "urlencode(local.text)",
                    "uuidv4()",
                    "uuidv5(\"dns\", local.text)",
                    "values(local.map)",
                    "yamldecode(yamlencode(local.nest))",
                    "yamldecode(local.text)",
                    "yamldecode(\"a: &a [x, x, x, x]\\nb: [*a, *a, *a]\")",
                    "yamlencode(local.map)",
                    "yamlencode(local.text)",
                    "zipmap(local.words, local.list)",
                    "\"${local.text}${local.text}\"",
                    "local.text + 1",
                    "local.text == \"${local.text}\"",
                    "local.map[\"none\"]",
                    "nowhere(1)");

    private FunctionBombs() {}

    static Stream<Bomb> all() {
        return CALLS.stream().map(call -> Bombs.hcl(call, VALUES.replace("CALL", call)));
    }

    /// The names of the functions that are called.
    public static List<String> names() {
        return CALLS.stream()
                .filter(call -> call.contains("("))
                .map(call -> call.substring(0, call.indexOf('(')))
                .toList();
    }
}
