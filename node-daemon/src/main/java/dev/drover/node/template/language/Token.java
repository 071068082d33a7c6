package dev.drover.node.template.language;

/// A piece of a template's text.
///
/// @param text as written; for `ERROR` what is wrong
/// @param offset of its first character in the whole text
record Token(Kind kind, String text, int offset) {

    enum Kind {
        TEXT,
        LEFT,
        RIGHT,
        SPACE,
        ASSIGN,
        DECLARE,
        PIPE,
        COMMA,
        OPEN,
        CLOSE,
        DOT,
        FIELD,
        VARIABLE,
        IDENTIFIER,
        BOOL,
        NUMBER,
        CHARACTER,
        STRING,
        RAW_STRING,
        NIL,
        BLOCK,
        BREAK,
        CONTINUE,
        DEFINE,
        ELSE,
        END,
        IF,
        RANGE,
        TEMPLATE,
        WITH,
        ERROR,
        EOF
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    /// As an error names it.
    String described() {
        return switch (kind) {
            case EOF -> "the end of the text";
            case RIGHT -> "the end of the action";
            case SPACE -> "a blank";
            case ERROR -> text;
            case TEXT,
                    LEFT,
                    ASSIGN,
                    DECLARE,
                    PIPE,
                    COMMA,
                    OPEN,
                    CLOSE,
                    DOT,
                    FIELD,
                    VARIABLE,
                    IDENTIFIER,
                    BOOL,
                    NUMBER,
                    CHARACTER,
                    STRING,
                    RAW_STRING,
                    NIL,
                    BLOCK,
                    BREAK,
                    CONTINUE,
                    DEFINE,
                    ELSE,
                    END,
                    IF,
                    RANGE,
                    TEMPLATE,
                    WITH ->
                    "\"" + (text.length() > 20 ? text.substring(0, 20) + "…" : text) + "\"";
        };
    }
}
