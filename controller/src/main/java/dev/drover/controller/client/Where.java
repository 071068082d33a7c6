package dev.drover.controller.client;

import static java.util.stream.Collectors.joining;

import java.util.stream.Stream;

/// Which resources of a kind are wanted: all, or those with a field of a value. The server filters.
///
/// @param field the path of a field that the server can select by; empty for all
/// @param beginning only names that begin so: the server reads no others
public record Where(String field, String value, String beginning) {
    /// All of them.
    public static final Where ANY = new Where("", "", "");

    /// Those with this value in a field.
    public static Where field(String field, String value) {
        return new Where(field, value, "");
    }

    /// Those of them whose name begins so.
    public Where beginning(String beginningOfName) {
        return new Where(field, value, beginningOfName);
    }

    /// As parameters of a query after `separator`; empty for all.
    String query(String separator) {
        String fields = field.isEmpty() ? "" : "fieldSelector=" + Paths.query(field + "=" + value);
        String names = beginning.isEmpty() ? "" : "nameBeginning=" + Paths.query(beginning);
        String both = Stream.of(fields, names).filter(p -> !p.isEmpty()).collect(joining("&"));
        return both.isEmpty() ? "" : separator + both;
    }
}
