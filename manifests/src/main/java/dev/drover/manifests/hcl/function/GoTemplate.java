package dev.drover.manifests.hcl.function;

import com.google.re2j.Matcher;

/// What `$1`, `$name` and `${name}` in the replacement of a regular expression stand for. As in Go,
/// a name without braces is as long as letters, digits and underscores go: `$1x` is the group `1x`,
/// which is empty.
final class GoTemplate {
    private GoTemplate() {}

    static String expand(String template, Matcher match) {
        StringBuilder expanded = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            int dollar = template.indexOf('$', at);
            if (dollar < 0) {
                break;
            }
            expanded.append(template, at, dollar);
            at = reference(template, dollar, match, expanded);
        }
        return expanded.append(template, at, template.length()).toString();
    }

    /// Appends what the reference at a dollar stands for; the answer is the place behind it.
    private static int reference(String template, int dollar, Matcher match, StringBuilder into) {
        if (template.startsWith("$$", dollar)) {
            into.append('$');
            return dollar + 2;
        }
        boolean braces = template.startsWith("{", dollar + 1);
        int start = dollar + (braces ? 2 : 1);
        int end = start;
        while (end < template.length() && word(template.charAt(end))) {
            end++;
        }
        if (end == start || (braces && !template.startsWith("}", end))) {
            into.append('$');
            return dollar + 1;
        }
        into.append(group(template.substring(start, end), match));
        return braces ? end + 1 : end;
    }

    private static boolean word(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private static String group(String name, Matcher match) {
        String text;
        if (name.chars().allMatch(Character::isDigit)) {
            int number = name.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(name);
            text = number <= match.groupCount() ? match.group(number) : null;
        } else {
            Integer number = match.pattern().namedGroups().get(name);
            text = number == null ? null : match.group(number);
        }
        return text == null ? "" : text;
    }
}
