package dev.drover.manifests.yaml;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import dev.drover.manifests.json.JsonWriter;
import dev.drover.manifests.tree.Tree;
import java.io.IOException;
import java.io.StringWriter;
import java.util.regex.Pattern;

/// Trees to YAML that every reader reads alike, of YAML 1.1 and of 1.2: few quotes, blocks for
/// texts of several lines.
public final class YamlWriter {
    private static final YAMLFactory YAML =
            YAMLFactory.builder()
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                    .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES)
                    .stringQuotingChecker(new Careful())
                    .build();

    private YamlWriter() {}

    /// One document, with a line break at its end.
    public static String write(Tree tree) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = YAML.createGenerator(text)) {
            JsonWriter.write(tree, generator);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
        return text.toString();
    }

    /// Quotes whatever some reader could take for something else than text. (A class, because the
    /// library asks for one.)
    private static final class Careful extends StringQuotingChecker {
        private static final long serialVersionUID = 1;

        private static final Pattern WORDS =
                Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null|~|<<|=|\\.inf|\\.nan|");

        /// Numbers of both versions, dates and times of day: all begin like one.
        private static final Pattern NUMBERS =
                Pattern.compile("[-+.]?[0-9][0-9a-fA-FxXoO_:.eE+TZz -]*");

        private static final Pattern PLAIN =
                Pattern.compile(
                        "[A-Za-z0-9_/.$(][A-Za-z0-9_/.${}()=+@%,;&|~^<>\"'!?*:#-]*( [A-Za-z0-9_/.${}()=+@%,;&|~^<>\"'!?*-]+)*");

        @Override
        public boolean needToQuoteName(String name) {
            return doubtful(name);
        }

        @Override
        public boolean needToQuoteValue(String value) {
            return value.indexOf('\n') < 0 && doubtful(value);
        }

        private static boolean doubtful(String text) {
            return WORDS.matcher(text).matches()
                    || NUMBERS.matcher(text).matches()
                    || !PLAIN.matcher(text).matches()
                    || text.endsWith(":")
                    || text.contains(": ")
                    || text.contains(" #");
        }
    }
}
