package dev.drover.node.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drover.node.template.TemplateHook.Question;
import dev.drover.node.template.TemplateHook.Rendered;
import dev.drover.node.template.functions.Lookup.Answer;
import dev.drover.node.template.functions.Surroundings.FileText;
import dev.drover.node.template.language.Value;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a task was told by its templates last, as far as another daemon must know to see that it is
/// something else by now. Digests, for what was read may be secret and long.
///
/// @param templates in the task's order
public record Marks(List<Mark> templates) {

    /// Of one template.
    ///
    /// @param read digest of all that it has read
    /// @param text digest of what it was rendered to
    public record Mark(String read, String text) {}

    public Marks {
        templates = List.copyOf(templates);
    }

    static Marks of(List<Rendered> all) {
        return new Marks(all.stream().map(Marks::mark).toList());
    }

    private static Mark mark(Rendered rendered) {
        StringBuilder read = new StringBuilder();
        rendered.read().files().forEach((path, found) -> read.append(text(path, found)));
        rendered.read().answers().forEach((asked, answer) -> read.append(text(asked, answer)));
        return new Mark(digest(read.toString()), digest(rendered.text()));
    }

    /// Whether templates that read the same now may say another thing all the same, by the time of
    /// day, is not asked.
    boolean sameRead(Marks now) {
        return reads().equals(now.reads());
    }

    private List<String> reads() {
        return templates.stream().map(Mark::read).toList();
    }

    private static String text(String path, FileText found) {
        return "\n" + path + "=" + found;
    }

    private static String text(Question asked, Answer answer) {
        String said = answer instanceof Answer.Found(Value value) ? text(value) : answer.toString();
        return "\n" + asked + "=" + said;
    }

    /// The same for the same value in every process, which the order of a structure's fields is
    /// not.
    private static String text(Value value) {
        return switch (value) {
            case Value.Listing(List<Value> items) ->
                    items.stream().map(Marks::text).toList().toString();
            case Value.Mapping(var entries) -> text(entries);
            case Value.Structure(String type, var fields) -> type + text(fields);
            default -> value.toString();
        };
    }

    private static String text(Map<String, Value> entries) {
        Map<String, String> sorted = new TreeMap<>();
        entries.forEach((name, value) -> sorted.put(name, text(value)));
        return sorted.toString();
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
