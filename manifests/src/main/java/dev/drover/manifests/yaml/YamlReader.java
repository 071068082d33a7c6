package dev.drover.manifests.yaml;

import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Position;
import dev.drover.manifests.tree.Problem;
import dev.drover.manifests.tree.Source;
import dev.drover.manifests.tree.Tree;
import dev.drover.manifests.tree.TreeReading;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// YAML documents to trees: YAML 1.2 with the core schema, so that `on` and `yes` are text. A key
/// twice is a mistake; anchors are unfolded within a budget; `<<` merges.
public final class YamlReader {
    private static final Set<String> OLD_TRUTHS =
            Set.of(
                    "y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "n", "N", "no", "No", "NO",
                    "off", "Off", "OFF");

    private final Source source;
    private final List<Problem> problems = new ArrayList<>();

    private final Set<String> truths;

    private YamlReader(Source source, Set<String> truths) {
        this.source = source;
        this.truths = truths;
    }

    /// One tree per document; empty documents are left out.
    public static TreeReading read(Source source) {
        return new YamlReader(source, Set.of()).read();
    }

    /// The value that the first document is, of any kind; empty when it is no YAML. Here the words
    /// of YAML 1.1 are truths.
    public static Optional<Tree> value(Source source) {
        YamlReader reader = new YamlReader(source, OLD_TRUTHS);
        List<Tree> trees = reader.trees();
        return reader.problems.stream().allMatch(Problem::warning)
                ? trees.stream().findFirst()
                : Optional.empty();
    }

    private TreeReading read() {
        List<Tree.Block> documents = new ArrayList<>();
        trees().forEach(tree -> block(tree).ifPresent(documents::add));
        return new TreeReading(documents, problems);
    }

    private List<Tree> trees() {
        LoadSettings settings =
                LoadSettings.builder()
                        .setSchema(new CoreSchema())
                        .setUseMarks(true)
                        .setCodePointLimit(Integer.MAX_VALUE) // the caller bounds the text
                        .build();
        List<Tree> trees = new ArrayList<>();
        try {
            Iterator<Event> events = new Parse(settings).parseString(source.text()).iterator();
            while (events.hasNext()) {
                if (events.next() instanceof DocumentStartEvent) {
                    trees.add(
                            new DocumentReader(events, settings, truths, this::report).document());
                }
            }
        } catch (MarkedYamlEngineException e) {
            Position at = e.getProblemMark().map(YamlReader::position).orElse(Position.START);
            report(
                    at,
                    Code.SYNTAX,
                    "this is not valid YAML: " + e.getProblem(),
                    fix(e.getProblem()));
        } catch (DocumentReader.Unreadable e) {
            report(e.at(), e.code(), e.what(), "");
        } catch (YamlEngineException e) {
            report(Position.START, Code.SYNTAX, "this is not valid YAML: " + e.getMessage(), "");
        }
        return trees;
    }

    private static String fix(String problem) {
        return problem.contains("\\t(TAB)") ? "indent with blanks, never with tabs" : "";
    }

    private Optional<Tree.Block> block(Tree tree) {
        return switch (tree) {
            case Tree.Block block -> Optional.of(block);
            case Tree.Nothing _ -> Optional.empty();
            case Tree.Text _, Tree.Num _, Tree.Flag _, Tree.Listing _ -> {
                report(
                        tree.position(),
                        Code.SYNTAX,
                        "a document holds fields: apiVersion, kind, metadata, spec",
                        "");
                yield Optional.empty();
            }
        };
    }

    private void report(Position at, Code code, String what, String fix) {
        problems.add(Problem.at(source, at, code, what, fix));
    }

    static Position position(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
