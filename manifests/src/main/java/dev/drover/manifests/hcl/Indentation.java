package dev.drover.manifests.hcl;

import dev.drover.manifests.hcl.Expression.Part;
import dev.drover.manifests.hcl.value.Texts;
import java.util.ArrayList;
import java.util.List;

/// What `<<-` does: takes as many blanks from the start of every line as the least indented line
/// has. Lines of blanks alone neither count nor change.
final class Indentation {

    private Indentation() {}

    static List<Part> removed(List<Part> parts) {
        int least = least(parts);
        return least == Integer.MAX_VALUE || least == 0 ? parts : without(least, parts);
    }

    private static int least(List<Part> parts) {
        int least = Integer.MAX_VALUE;
        for (Part part : parts) {
            int here =
                    switch (part) {
                        case Part.Text text when counts(text) -> Texts.spaceAtStart(text.text());
                        case Part.Text _, Part.Interpolation _ -> Integer.MAX_VALUE;
                        case Part.If(_, var yes, var no) -> Math.min(least(yes), least(no));
                        case Part.For(_, _, var body) -> least(body);
                    };
            least = Math.min(least, here);
        }
        return least;
    }

    private static List<Part> without(int blanks, List<Part> parts) {
        List<Part> shifted = new ArrayList<>(parts.size());
        for (Part part : parts) {
            shifted.add(
                    switch (part) {
                        case Part.Text text when counts(text) ->
                                new Part.Text(
                                        text.text()
                                                .substring(
                                                        Math.min(
                                                                blanks,
                                                                Texts.spaceAtStart(text.text()))),
                                        true);
                        case Part.Text _, Part.Interpolation _ -> part;
                        case Part.If(var condition, var yes, var no) ->
                                new Part.If(condition, without(blanks, yes), without(blanks, no));
                        case Part.For(var names, var collection, var body) ->
                                new Part.For(names, collection, without(blanks, body));
                    });
        }
        return shifted;
    }

    private static boolean counts(Part.Text text) {
        return text.lineStart()
                && !(text.text().endsWith("\n")
                        && Texts.spaceAtStart(text.text()) == text.text().length());
    }
}
