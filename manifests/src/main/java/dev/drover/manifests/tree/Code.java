package dev.drover.manifests.tree;

/// The kinds of problems, each with a number that never changes its meaning: E for errors, W for
/// warnings. 10xx: the text cannot be read; 11xx: an expression has no value; 12xx: a field does
/// not fit; 13xx: a job cannot work; 14xx: it works, but surely not as meant.
public enum Code {
    /// A character, bracket, quote or line break is missing or not allowed there.
    SYNTAX("E1001", "The text does not follow the syntax"),
    /// The same name twice where one is allowed.
    DUPLICATE("E1002", "The same name is given twice"),
    /// Bytes, nesting, expansion or steps beyond what a manifest may use.
    LIMIT("E1003", "The manifest is larger or deeper than allowed"),
    /// A character outside of strings and comments that means nothing there.
    CHARACTER("E1004", "A character that the language does not use"),

    /// `var.x` without a declaration, or a reference to what is not there.
    UNKNOWN_REFERENCE("E1101", "A reference to something that does not exist"),
    /// A function that does not exist.
    UNKNOWN_FUNCTION("E1102", "A function that does not exist"),
    /// A function refuses its arguments.
    FUNCTION_CALL("E1103", "A function cannot work with its arguments"),
    /// Operands, conditions or indexes of the wrong kind.
    EVALUATION("E1104", "An expression has no value"),
    /// A variable without a value.
    UNSET_VARIABLE("E1105", "A variable has no value"),
    /// A variable's value does not satisfy its type or its conditions.
    INVALID_VARIABLE("E1106", "A variable's value is not allowed"),

    /// What kind of thing this is.
    UNKNOWN_KIND("E1201", "The kind of the resource is missing or unknown"),
    /// An API version other than ours.
    UNKNOWN_VERSION("E1202", "The API version is unknown"),
    /// A field that the block does not have.
    UNKNOWN_FIELD("E1203", "A field that does not exist here"),
    /// A text where a number belongs, and the like.
    WRONG_TYPE("E1204", "A value of the wrong type"),
    /// A field that must be there is not.
    MISSING_FIELD("E1205", "A required field is missing"),
    /// `30 seconds` instead of `30s`.
    INVALID_DURATION("E1206", "Not a duration"),
    /// A word that is not one of the allowed ones.
    UNKNOWN_WORD("E1207", "A word that is not allowed here"),
    /// More or fewer labels than the block has.
    LABELS("E1208", "A block has the wrong number of labels"),
    /// A number too large, too small, or with a fraction.
    OUT_OF_RANGE("E1209", "A number outside of what is possible"),

    /// A name that cannot be one.
    INVALID_NAME("E1301", "A name that is not allowed"),
    /// Two things of one name.
    DUPLICATE_NAME("E1302", "Two things have the same name"),
    /// A driver nobody knows, or none.
    UNKNOWN_DRIVER("E1303", "The driver is missing or unknown"),
    /// A key that the task's driver does not know.
    UNKNOWN_DRIVER_KEY("E1304", "The driver does not know this key"),
    /// A port that cannot be.
    INVALID_PORT("E1305", "A port that is not possible"),
    /// A block that jobs of this type do not have.
    NOT_FOR_THIS_TYPE("E1306", "Not for jobs of this type"),
    /// Two fields that contradict each other.
    CONTRADICTION("E1307", "Two settings contradict each other"),
    /// A group without tasks, a job without groups.
    EMPTY("E1308", "Nothing to run"),
    /// A field's value is not possible.
    INVALID_VALUE("E1309", "A value that is not possible"),
    /// A reference inside the job to something that it does not have.
    UNKNOWN_PART("E1310", "A reference to a part that the job does not have"),

    /// Accepted for old files, without effect.
    IGNORED("W1401", "Accepted, but without effect"),
    /// Works, but has a newer form.
    DEPRECATED("W1402", "Works, but there is a newer form"),
    /// Works, but surely not as meant.
    UNLIKELY("W1403", "Works, but is probably not what you mean"),
    /// Nobody here knows it; a plugin may.
    UNCHECKED("W1404", "Cannot be checked here");

    private final String id;
    private final String title;

    Code(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /// What users see and search for: `E1203`.
    public String id() {
        return id;
    }

    /// One short sentence for the head of its page.
    public String title() {
        return title;
    }

    /// Whether it only warns.
    public boolean warning() {
        return id.startsWith("W");
    }
}
