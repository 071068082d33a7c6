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
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// YAML documents to trees: YAML 1.2 with the core schema, so that `on` and `yes` are text. A key
/// twice is a mistake; anchors are unfolded within a budget; `<<` merges.
public final class YamlReader {
    private static final Set<String> OLD_TRUTHS =
            Set.of(
                    "y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "n", "N", "no", "No", "NO",
                    "off", "Off", "OFF");

    private static final String QUOTES = "put the text in quotes if the bracket is part of it";

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
                            new DocumentReader(
                                            events, settings, truths, this::position, this::report)
                                    .document());
                }
            }
        } catch (MarkedYamlEngineException e) {
            Position at = e.getProblemMark().map(this::position).orElse(Position.START);
            report(
                    at,
                    Code.SYNTAX,
                    "this is not valid YAML: " + what(e.getProblem()),
                    fix(e.getProblem()));
        } catch (ReaderException e) {
            character();
        } catch (DocumentReader.Unreadable e) {
            String fix = e.code() == Code.SYNTAX ? QUOTES : "";
            report(e.at(), e.code(), e.what(), fix);
        } catch (YamlEngineException e) {
            report(Position.START, Code.SYNTAX, "this is not valid YAML: " + e.getMessage(), "");
        }
        return trees;
    }

    /// The parser's own advice is for those who indent with tabs; here others get theirs.
    private static String what(String problem) {
        return problem.replaceAll(" \\(Do not use .* for indentation\\)", "")
                .replaceAll("\\.$", "");
    }

    private static String fix(String problem) {
        if (problem.contains("\\t(TAB)")) {
            return "indent with blanks, never with tabs";
        }
        if (problem.contains("cannot start any token")) {
            return "put the text in quotes";
        }
        if (problem.startsWith("mapping values are not allowed")) {
            return "put the text in quotes if the colon is part of it, or begin a line with the key";
        }
        if (problem.startsWith("sequence entries are not allowed")) {
            return "begin the list on a line of its own";
        }
        return problem.contains("']'") || problem.contains("'}'")
                ? "close the bracket, or " + QUOTES
                : "";
    }

    /// What YAML does not have at all: where it stands is for us to find.
    private void character() {
        String text = source.text();
        int at = 0;
        while (at < text.length() && StreamReader.isPrintable(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        boolean bytes = text.startsWith(Source.NO_TEXT, at);
        int character = at < text.length() ? text.codePointAt(at) : 0;
        report(
                source.at(at),
                Code.CHARACTER,
                bytes
                        ? Source.NOT_UTF_8
                        : "the character U+%04X cannot stand in YAML".formatted(character),
                bytes
                        ? Source.SAVE_AS_UTF_8
                        : "write it as \"\\u%04X\" in double quotes".formatted(character));
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

    /// By the character: a mark's own line counts a carriage return alone for one, and its column
    /// no byte order mark.
    private Position position(Mark mark) {
        return source.atCharacter(mark.getIndex());
    }
}
