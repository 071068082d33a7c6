package dev.drover.manifests.hcl.print;

import dev.drover.manifests.hcl.value.Texts;
import dev.drover.manifests.tree.Tree;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A tree to HCL, formatted as people format it: two blanks a level, equals signs of neighbouring
/// arguments below each other, an empty line before a block.
public final class HclWriter {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

    private final StringBuilder text = new StringBuilder();

    private HclWriter() {}

    /// A file with these fields at its top.
    public static String write(Tree.Block file) {
        HclWriter writer = new HclWriter();
        writer.body(file.fields(), 0);
        return writer.text.toString();
    }

    /// The first text in a tree that reading would change: HCL composes the letters of every value,
    /// and has no way to write one that is not composed. Its beginning, where it is long.
    public static Optional<String> altered(Tree tree) {
        return switch (tree) {
            case Tree.Text(_, String value) -> altered(value);
            case Tree.Block block ->
                    block.fields().stream()
                            .flatMap(field ->
                                    altered(field.name()).or(() -> altered(field.value())).stream())
                            .findFirst();
            case Tree.Listing listing ->
                    listing.items().stream().flatMap(item -> altered(item).stream()).findFirst();
            case Tree.Num _, Tree.Flag _, Tree.Nothing _ -> Optional.empty();
        };
    }

    private static Optional<String> altered(String text) {
        return Texts.composed(text).equals(text)
                ? Optional.empty()
                : Optional.of(Texts.shown(text));
    }

    private void body(List<Tree.Field> fields, int level) {
        int start = text.length();
        for (int i = 0; i < fields.size(); i++) {
            Tree.Field field = fields.get(i);
            if (field.form() == Tree.Form.BLOCK && field.value() instanceof Tree.Block block) {
                if (text.length() > start) {
                    text.append('\n');
                }
                block(field.name(), block, level);
            } else {
                if (i > 0 && fields.get(i - 1).form() == Tree.Form.BLOCK) {
                    text.append('\n');
                }
                indent(level);
                text.append(field.name())
                        .append(" ".repeat(width(fields, i) - field.name().length()))
                        .append(" = ");
                boolean computed = field.form() == Tree.Form.COMPUTED;
                text.append(computed ? "(" : "");
                value(field.value(), level);
                text.append(computed ? ")\n" : "\n");
            }
        }
    }

    /// The longest name among the arguments on neighbouring lines.
    private static int width(List<Tree.Field> fields, int at) {
        int width = fields.get(at).name().length();
        for (int i = at - 1; i >= 0 && oneLine(fields.get(i)) && oneLine(fields.get(at)); i--) {
            width = Math.max(width, fields.get(i).name().length());
        }
        for (int i = at + 1;
                i < fields.size() && oneLine(fields.get(i)) && oneLine(fields.get(at));
                i++) {
            width = Math.max(width, fields.get(i).name().length());
        }
        return width;
    }

    private static boolean oneLine(Tree.Field field) {
        return field.form() == Tree.Form.ARGUMENT
                && switch (field.value()) {
                    case Tree.Text(_, String value) -> !Quoting.heredoc(value);
                    case Tree.Listing listing -> fits(listing);
                    case Tree.Block block -> block.fields().isEmpty();
                    case Tree.Num _, Tree.Flag _, Tree.Nothing _ -> true;
                };
    }

    private void block(String name, Tree.Block block, int level) {
        indent(level);
        text.append(name);
        block.labels().forEach(label -> text.append(' ').append(Quoting.label(label.text())));
        if (block.fields().isEmpty()) {
            text.append(" {}\n");
            return;
        }
        text.append(" {\n");
        body(block.fields(), level + 1);
        indent(level);
        text.append("}\n");
    }

    private void value(Tree value, int level) {
        switch (value) {
            case Tree.Text(_, String string) -> text.append(Quoting.text(string));
            case Tree.Num number -> text.append(number.plain());
            case Tree.Flag(_, boolean flag) -> text.append(flag);
            case Tree.Nothing _ -> text.append("null");
            case Tree.Listing listing -> list(listing, level);
            case Tree.Block block -> object(block, level);
        }
    }

    private void list(Tree.Listing listing, int level) {
        if (fits(listing)) {
            text.append('[');
            for (int i = 0; i < listing.items().size(); i++) {
                text.append(i == 0 ? "" : ", ");
                value(listing.items().get(i), level);
            }
            text.append(']');
            return;
        }
        text.append("[\n");
        for (Tree item : listing.items()) {
            indent(level + 1);
            value(item, level + 1);
            if (item instanceof Tree.Text(_, String string) && Quoting.heredoc(string)) {
                text.append('\n'); // a heredoc's marker stands alone on its line
                indent(level + 1);
            }
            text.append(",\n");
        }
        indent(level);
        text.append(']');
    }

    /// Whether a list fits on one line: a few scalars, none of them long.
    private static boolean fits(Tree.Listing listing) {
        int length = 0;
        for (Tree item : listing.items()) {
            switch (item) {
                case Tree.Text(_, String string) when !string.contains("\n") ->
                        length += string.length() + 4;
                case Tree.Num _, Tree.Flag _, Tree.Nothing _ -> length += 8;
                case Tree.Text _, Tree.Listing _, Tree.Block _ -> {
                    return false;
                }
            }
        }
        return length <= 72;
    }

    private void object(Tree.Block block, int level) {
        if (block.fields().isEmpty()) {
            text.append("{}");
            return;
        }
        text.append("{\n");
        for (Tree.Field field : block.fields()) {
            indent(level + 1);
            text.append(
                    NAME.matcher(field.name()).matches()
                            ? field.name()
                            : Quoting.label(field.name()));
            text.append(" = ");
            value(field.value(), level + 1);
            text.append('\n');
        }
        indent(level);
        text.append('}');
    }

    private void indent(int level) {
        text.repeat(' ', 2 * level);
    }
}
