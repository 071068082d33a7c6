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
    private final Source source;
    private final List<Problem> problems = new ArrayList<>();

    private YamlReader(Source source) {
        this.source = source;
    }

    /// One tree per document; empty documents are left out.
    public static TreeReading read(Source source) {
        return new YamlReader(source).read();
    }

    private TreeReading read() {
        LoadSettings settings =
                LoadSettings.builder()
                        .setSchema(new CoreSchema())
                        .setUseMarks(true)
                        .setCodePointLimit(Integer.MAX_VALUE) // the caller bounds the text
                        .build();
        List<Tree.Block> documents = new ArrayList<>();
        try {
            Iterator<Event> events = new Parse(settings).parseString(source.text()).iterator();
            while (events.hasNext()) {
                if (events.next() instanceof DocumentStartEvent) {
                    Tree tree = new DocumentReader(events, settings, this::report).document();
                    block(tree).ifPresent(documents::add);
                }
            }
        } catch (MarkedYamlEngineException e) {
            Position at = e.getProblemMark().map(YamlReader::position).orElse(Position.START);
            problems.add(
                    Problem.at(
                            source,
                            at,
                            Code.SYNTAX,
                            "this is not valid YAML: " + e.getProblem(),
                            fix(e.getProblem())));
        } catch (DocumentReader.Unreadable e) {
            problems.add(Problem.at(source, e.at(), e.code(), e.what(), ""));
        } catch (YamlEngineException e) {
            problems.add(
                    Problem.at(
                            source,
                            Position.START,
                            Code.SYNTAX,
                            "this is not valid YAML: " + e.getMessage(),
                            ""));
        }
        return new TreeReading(documents, problems);
    }

    private static String fix(String problem) {
        return problem.contains("'\\t'") ? "indent with blanks, never with tabs" : "";
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
