package dev.drover.manifests.tree;

/// The kinds of problems: the one table that texts, pages (docs/errors) and `explain` are made
/// from. Each has a number that never changes its meaning: E for errors, W for warnings. 10xx: the
/// text cannot be read; 11xx: an expression has no value; 12xx: a field does not fit; 13xx: a job
/// cannot work; 14xx: it works, but surely not as meant.
public enum Code {
    /// A character, bracket, quote or line break is missing or not allowed there.
    SYNTAX(
            "E1001",
            "The text does not follow the syntax",
            "Until the text can be taken apart, nobody knows which of the things behind the "
                    + "mistake are meant how. Reading goes on at the next argument or block, so "
                    + "further mistakes are shown as well.",
            "Look at the character above the caret and at the one before it: a quote, bracket,"
                    + " brace, comma, equals sign or line break is missing there, or there is one too"
                    + " many."),
    /// The same name twice where one is allowed.
    DUPLICATE(
            "E1002",
            "The same name is given twice",
            "Of two values of one name, one would be dropped without a word, and nobody "
                    + "could tell which.",
            "Keep the one that is meant. Both places are named. In HCL, a block that may be "
                    + "repeated needs no list; in YAML and JSON, write a list."),
    /// Bytes, nesting, expansion or steps beyond what a manifest may use.
    LIMIT(
            "E1003",
            "The manifest is larger or deeper than allowed",
            "A few lines can stand for more than a machine holds: nested lists, aliases of aliases,"
                    + " ranges, repeated texts. Reading stops where no real manifest has ever been.",
            "Split the file, or write out what a loop or an alias makes too much of. Ten million"
                    + " characters, 200 levels, 100,000 values from aliases, 10,000 steps of"
                    + " expressions and two million characters made by them are allowed, more of both in a"
                    + " file that is large itself, and 512 KiB of a job. Large files are better"
                    + " brought by an artifact."),
    /// A character outside of strings and comments that means nothing there.
    CHARACTER(
            "E1004",
            "A character that the language does not use",
            "Outside of strings and comments only a few characters mean something: typographic "
                    + "quotes, for one, come from a word processor and mean nothing.",
            "Type the character anew, or put the text that it belongs to into double quotes."),

    /// `var.x` without a declaration, or a reference to what is not there.
    UNKNOWN_REFERENCE(
            "E1101",
            "A reference to something that does not exist",
            "An expression names a variable, a local value, an attribute or an anchor that "
                    + "is not there.",
            "Check its spelling, or declare it: variables in a `variable` block, values in "
                    + "`locals`. What only the node knows (`${NOMAD_…}`, `${attr.…}`, `${node.…}`, "
                    + "`${meta.…}`) needs no declaration."),
    /// A function that does not exist.
    UNKNOWN_FUNCTION(
            "E1102",
            "A function that does not exist",
            "Expressions know the functions of HCL as Nomad has them, and no others.",
            "Take the suggested name, or work the value out elsewhere and hand it in as a "
                    + "variable."),
    /// A function refuses its arguments.
    FUNCTION_CALL(
            "E1103",
            "A function cannot work with its arguments",
            "The function is there, but these arguments have no result: too few or too many of"
                    + " them, one of the wrong kind, a file that does not exist or lies outside of the"
                    + " manifest's folder.",
            "Read which argument is meant and change it. Files are found beside the "
                    + "manifest; `--allow-path` opens another folder."),
    /// Operands, conditions or indexes of the wrong kind.
    EVALUATION(
            "E1104",
            "An expression has no value",
            "An operator, condition, index or loop got a value that it cannot work with: a "
                    + "text to add up, an index behind the end, an unequal pair of types.",
            "Convert the value (`tonumber`, `tostring`, `tolist`), or test it before "
                    + "(`can`, `try`, `length`)."),
    /// A variable without a value.
    UNSET_VARIABLE(
            "E1105",
            "A variable has no value",
            "The file declares a variable without a default, and nobody has given it a " + "value.",
            "Give one with `--var NAME=VALUE`, in a file with `--var-file`, or as "
                    + "`DROVER_VAR_NAME` in the environment; or write a default into its block."),
    /// A variable's value does not satisfy its type or its conditions.
    INVALID_VARIABLE(
            "E1106",
            "A variable's value is not allowed",
            "The value that a variable was given is not of the variable's type, or does not "
                    + "satisfy one of its `validation` blocks.",
            "Give another value. Lists and objects are written as in HCL: `--var "
                    + "'ports=[80, 443]'`."),

    /// What kind of thing this is.
    UNKNOWN_KIND(
            "E1201",
            "The kind of the resource is missing or unknown",
            "Without a kind that is known here, nobody can say what the fields mean.",
            "In YAML and JSON write `kind: Job`; in HCL begin with `job \"name\" { … }`."),
    /// An API version other than ours.
    UNKNOWN_VERSION(
            "E1202",
            "The API version is unknown",
            "A manifest says by which version of the resources it was written, so that a "
                    + "later one can still read it.",
            "Write `apiVersion: drover.dev/v1`. What is written for Kubernetes itself does "
                    + "not run here."),
    /// A field that the block does not have.
    UNKNOWN_FIELD(
            "E1203",
            "A field that does not exist here",
            "A misspelt field would be ignored, and what it was to change would stay as it "
                    + "is: the job would run, but not as it was meant.",
            "Take the suggested name, or move the field to the block that has it. `drover "
                    + "explain job.group.task` lists what is there."),
    /// A text where a number belongs, and the like.
    WRONG_TYPE(
            "E1204",
            "A value of the wrong type",
            "The field wants a value of another kind: a number, true or false, a text, a "
                    + "list, a block.",
            "Write the value without quotes if a number is wanted, in brackets if a list "
                    + "is, in braces if fields are."),
    /// A field that must be there is not.
    MISSING_FIELD(
            "E1205",
            "A required field is missing",
            "The block does nothing, or cannot be understood, without this field.",
            "Add the field. `drover explain` shows what it means and what its value looks "
                    + "like."),
    /// `30 seconds` instead of `30s`.
    INVALID_DURATION(
            "E1206",
            "Not a duration",
            "A time without a unit can be seconds for one reader and nanoseconds for " + "another.",
            "Write a number and a unit: `500ms`, `30s`, `10m`, `1h30m`."),
    /// A word that is not one of the allowed ones.
    UNKNOWN_WORD(
            "E1207",
            "A word that is not allowed here",
            "Only a few words mean something here, and this is none of them.",
            "Take one of those that are listed."),
    /// More or fewer labels than the block has.
    LABELS(
            "E1208",
            "A block has the wrong number of labels",
            "The texts between a block's type and its brace are its name: some blocks have "
                    + "one, most have none.",
            "Write `group \"name\" { … }` where a name belongs, and no text where it does "
                    + "not."),
    /// A number too large, too small, or with a fraction.
    OUT_OF_RANGE(
            "E1209",
            "A number outside of what is possible",
            "Nothing could be done with this number: it is below the least or above the "
                    + "most that is possible, or a fraction of what has none.",
            "Choose a number within the bounds that are named."),

    /// A name that cannot be one.
    INVALID_NAME(
            "E1301",
            "A name that is not allowed",
            "Names become folders, variables of the environment and parts of addresses, and "
                    + "must be possible there.",
            "Choose a name of letters, digits, `-`, `_` and `.`, without blanks."),
    /// Two things of one name.
    DUPLICATE_NAME(
            "E1302",
            "Two things have the same name",
            "Others refer to it by its name, so one name may mean one thing only.",
            "Give one of the two another name."),
    /// A driver nobody knows, or none.
    UNKNOWN_DRIVER(
            "E1303",
            "The driver is missing or unknown",
            "The driver is what runs a task, so a task cannot be without one.",
            "Write `driver = \"exec\"`, `\"raw_exec\"`, `\"jail\"`, or the name of a driver "
                    + "that your nodes have."),
    /// A key that the task's driver does not know.
    UNKNOWN_DRIVER_KEY(
            "E1304",
            "The driver does not know this key",
            "A misspelt key would only be found out by the node, when the job already waits "
                    + "for it.",
            "Take the suggested key. `drover explain driver.exec` lists those of a driver."),
    /// A port that cannot be.
    INVALID_PORT(
            "E1305",
            "A port that is not possible",
            "A port is a number from 1 to 65535, and on one node only one can have it.",
            "Choose another number, or leave it out: then the node picks a free one."),
    /// A block that jobs of this type do not have.
    NOT_FOR_THIS_TYPE(
            "E1306",
            "Not for jobs of this type",
            "Jobs of this type have no use for the block: nobody updates a batch step by "
                    + "step, and nobody moves a copy that every node has.",
            "Remove the block, or change the job's type."),
    /// Two fields that contradict each other.
    CONTRADICTION(
            "E1307",
            "Two settings contradict each other",
            "Each of the two is possible, both together are not.",
            "Decide which of the two is meant, and change or remove the other."),
    /// A group without tasks, a job without groups.
    EMPTY(
            "E1308",
            "Nothing to run",
            "There is nothing that could run.",
            "Add a group with a task: `group \"main\" { task \"main\" { driver = … } }`."),
    /// A field's value is not possible.
    INVALID_VALUE(
            "E1309",
            "A value that is not possible",
            "The value has the right type, but nothing can be done with it.",
            "Write it in the form that is named."),
    /// A reference inside the job to something that it does not have.
    UNKNOWN_PART(
            "E1310",
            "A reference to a part that the job does not have",
            "A field refers by name to something that the job does not have.",
            "Take the suggested name, or add what is missing."),

    /// Accepted for old files, without effect.
    IGNORED(
            "W1401",
            "Accepted, but without effect",
            "It is read so that old files go on working, but nothing happens because of it.",
            "Remove it, and use what is named instead."),
    /// Works, but has a newer form.
    DEPRECATED(
            "W1402",
            "Works, but there is a newer form",
            "It means what it always meant; new files had better use the newer form, which "
                    + "can say more.",
            "Write the form that is named."),
    /// Works, but surely not as meant.
    UNLIKELY(
            "W1403",
            "Works, but is probably not what you mean",
            "It is possible, and it will be done as it is written; but those who write it "
                    + "mostly mean something else.",
            "Do as the text says; if it is meant as it stands, leave it."),
    /// Nobody here knows it; a plugin may.
    UNCHECKED(
            "W1404",
            "Cannot be checked here",
            "Nobody here knows it, so nobody here can say whether it is right.",
            "Make sure of its spelling. A node that knows it will say the rest."),
    /// The cluster has nothing that it could run on or in.
    NOT_IN_CLUSTER(
            "W1405",
            "The cluster does not have it",
            "The manifest is right, but the cluster as it is now has no such namespace, pool, "
                    + "datacenter, driver, volume, network, device, or no node so large: the job "
                    + "would wait.",
            "Check its spelling; or add what is missing, before or after: a waiting job starts by "
                    + "itself.");

    private final String id;
    private final String title;
    private final String why;
    private final String fix;

    Code(String id, String title, String why, String fix) {
        this.id = id;
        this.title = title;
        this.why = why;
        this.fix = fix;
    }

    /// What users see and search for: `E1203`.
    public String id() {
        return id;
    }

    /// One short sentence for the head of its page.
    public String title() {
        return title;
    }

    /// Why it is a mistake: a sentence or two.
    public String why() {
        return why;
    }

    /// How it is mended: a sentence or two.
    public String fix() {
        return fix;
    }

    /// Whether it only warns.
    public boolean warning() {
        return id.startsWith("W");
    }
}
