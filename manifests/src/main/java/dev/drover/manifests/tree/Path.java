package dev.drover.manifests.tree;

import java.util.Optional;

/// The way from a resource to one of its fields, twice: as programs look it up and as people read
/// it. Kept as the steps of the way, and written out only for those who ask: nobody does as long as
/// nothing is wrong.
public final class Path {

    /// The resource itself.
    public static final Path ROOT = new Path(Optional.empty(), "", "");

    private final Optional<Path> around;
    private final String key;
    private final String title;

    /// @param key the last step, by the model's names
    /// @param title the last step, as people read it
    private Path(Optional<Path> around, String key, String title) {
        this.around = around;
        this.key = key;
        this.title = title;
    }

    /// `groups[0].tasks[1].config.args`, by the model's names; empty for the resource itself.
    public String key() {
        return joined(around.map(Path::key).orElse(""), key);
    }

    /// `group "web".task "api".config.args`
    public String title() {
        return joined(around.map(Path::title).orElse(""), title);
    }

    private static String joined(String before, String step) {
        return before.isEmpty() ? step : before + "." + step;
    }

    /// The last step of [#key].
    public String last() {
        return key;
    }

    /// A field of what this leads to.
    public Path field(String name) {
        return field(name, name);
    }

    /// A field that is written under another name than the model's.
    public Path field(String name, String written) {
        return new Path(Optional.of(this), name, written);
    }

    /// An item of a list, which people know by its number.
    public Path item(String list, int index, String word) {
        return item(list, index, word, "");
    }

    /// An item of a list, which people know by its label: `task "api"`. Without a label its number
    /// from 1 stands there, but for the first.
    public Path item(String list, int index, String word, String label) {
        String number = index == 0 ? "" : " " + (index + 1);
        String step = word + (label.isEmpty() ? number : " \"" + label + "\"");
        return new Path(Optional.of(this), list + "[" + index + "]", step);
    }

    /// An item of the list that this leads to: the list's own step becomes the item's.
    public Path item(int index, String word, String label) {
        return around.orElse(this).item(key, index, word, label);
    }
}
