package dev.drover.manifests;

import dev.drover.manifests.hcl.HclReader;
import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.json.JsonReader;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Problem;
import dev.drover.manifests.tree.Source;
import dev.drover.manifests.tree.TreeReading;
import java.util.ArrayList;
import java.util.List;

/// The front door: text to resources and back, in every syntax. It looks at nothing but the text
/// and the inputs it is given.
public final class Manifests {

    /// Characters of one file. The largest real one has 200,000; ten million are read within a
    /// second.
    private static final int LENGTH_MAX = 10_000_000;

    private Manifests() {}

    /// What a text declares, bound to records as written: no defaults, no rules beyond syntax and
    /// types.
    ///
    /// @param fileName as the user knows it; problems begin with it
    public static Read read(String text, String fileName, Syntax syntax, Inputs inputs) {
        if (text.length() > LENGTH_MAX) {
            return new Read.Problems(
                    List.of(
                            Problem.of(
                                    Code.LIMIT,
                                    fileName + " has more than " + LENGTH_MAX + " characters",
                                    "split it")));
        }
        Source source = new Source(fileName, text);
        Documents documents = new Documents(source);
        TreeReading reading =
                switch (syntax) {
                    case HCL -> hcl(source, inputs, documents);
                    case YAML, JSON -> json(source, documents);
                };
        List<Problem> problems = new ArrayList<>(reading.problems());
        problems.addAll(documents.problems());
        problems.sort(Problem.BY_PLACE);
        boolean failed = problems.stream().anyMatch(problem -> !problem.warning());
        return failed
                ? new Read.Problems(problems)
                : new Read.Resources(documents.manifests(), problems);
    }

    private static TreeReading hcl(Source source, Inputs inputs, Documents documents) {
        TreeReading reading = HclReader.read(source, inputs);
        reading.documents().forEach(documents::hcl);
        return reading;
    }

    private static TreeReading json(Source source, Documents documents) {
        TreeReading reading = JsonReader.read(source);
        reading.documents().forEach(documents::ours);
        return reading;
    }
}
