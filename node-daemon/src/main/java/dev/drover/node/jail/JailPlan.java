package dev.drover.node.jail;

import java.util.ArrayList;
import java.util.List;

/// How a jail is built: steps in their order. Pure data; who carries them out has no opinions.
public record JailPlan(List<Step> steps) {
    /// Takes a copy.
    public JailPlan {
        steps = List.copyOf(steps);
    }

    /// What takes back the steps that outlive the jail, last one first.
    public List<List<String>> undo() {
        List<List<String>> undo = new ArrayList<>();
        for (Step step : steps.reversed()) {
            if (!step.undo().isEmpty()) {
                undo.add(step.undo());
            }
        }
        return undo;
    }

    /// The text that jail.pl reads: a line for each step.
    public String interpreterText() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            text.append(step.words().getFirst());
            for (String word : step.words().subList(1, step.words().size())) {
                text.append(' ').append(escaped(word));
            }
            text.append('\n');
        }
        return text.toString();
    }

    /// As in fstab: whatever could end a word or a line is written as an octal number.
    static String escaped(String word) {
        StringBuilder escaped = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == 0) {
                throw new IllegalArgumentException("a NUL byte in a step of a jail");
            }
            if (c <= ' ' || c == '\\') {
                escaped.append('\\').append(c / 64).append(c / 8 % 8).append(c % 8);
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /// Command lines that a shell could run, one for each step.
    public String commandLines() {
        StringBuilder lines = new StringBuilder();
        for (Step step : steps) {
            lines.append(commandLine(step.words())).append('\n');
        }
        return lines.toString();
    }

    static String commandLine(List<String> words) {
        return String.join(" ", words.stream().map(JailPlan::quoted).toList());
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=,@%+-]+")
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }
}
