package dev.drover.node.template;

import dev.drover.node.template.functions.Dependency;
import dev.drover.node.template.functions.FunctionTable;
import dev.drover.node.template.functions.Surroundings;
import dev.drover.node.template.language.Delimiters;
import dev.drover.node.template.language.Limits;
import dev.drover.node.template.language.MissingKey;
import dev.drover.node.template.language.Mistake;
import dev.drover.node.template.language.Program;
import dev.drover.node.template.language.Value;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// A task's template: Go's template language with consul-template's functions. `${…}` means nothing
/// to it and passes through, for the shell that may read the result.
public final class TextTemplate {

    private final Program program;

    private TextTemplate(Program program) {
        this.program = program;
    }

    /// A template, or why the text is none.
    public sealed interface Parsed {
        record Ready(TextTemplate template) implements Parsed {}

        record Wrong(Mistake mistake) implements Parsed {}
    }

    /// What came of rendering it.
    public sealed interface Rendered {

        /// It was rendered.
        ///
        /// @param dependencies what it read: when that changes, the text may
        record Text(String text, SortedSet<Dependency> dependencies) implements Rendered {
            public Text {
                dependencies = Collections.unmodifiableSortedSet(new TreeSet<>(dependencies));
            }
        }

        /// Something is not there yet; rendering it later may succeed.
        record Missing(String what) implements Rendered {}

        record Failed(Mistake mistake) implements Rendered {}
    }

    /// Reads a template. Unknown functions and variables are mistakes already here.
    public static Parsed parse(String text, Delimiters delimiters) {
        return switch (Program.parse(text, delimiters, FunctionTable.names(), Limits.USUAL)) {
            case Program.Parsed.Ready(Program program) ->
                    new Parsed.Ready(new TextTemplate(program));
            case Program.Parsed.Wrong(Mistake mistake) -> new Parsed.Wrong(mistake);
        };
    }

    /// Renders it. The same surroundings give the same text.
    public Rendered render(Surroundings surroundings, MissingKey missingKey) {
        FunctionTable table = FunctionTable.of(surroundings);
        return switch (program.execute(Value.absent(), table.functions(), missingKey)) {
            case Program.Output.Text(String text) -> new Rendered.Text(text, table.dependencies());
            case Program.Output.Missing(String what) -> new Rendered.Missing(what);
            case Program.Output.Failed(Mistake mistake) -> new Rendered.Failed(mistake);
        };
    }
}
