package dev.drover.controller.client;

/// Which resources of a kind are wanted: all, or those with a field of a value. The server filters.
///
/// @param field the path of a field that the server can select by; empty for all
public record Where(String field, String value) {
    /// All of them.
    public static final Where ANY = new Where("", "");

    /// Those with this value in a field.
    public static Where field(String field, String value) {
        return new Where(field, value);
    }

    /// As a parameter of a query after `separator`; empty for all.
    String query(String separator) {
        return field.isEmpty()
                ? ""
                : separator + "fieldSelector=" + Paths.query(field + "=" + value);
    }
}
