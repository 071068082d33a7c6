package dev.drover.manifests.tree;

import java.util.Optional;

/// The way from a resource to one of its fields, twice: as programs look it up and as people read
/// it. Kept as the steps of the way, and written out only for those who ask: nobody does as long as
/// nothing is wrong.
public final class Path {

    /// The resource itself.
    public static final Path ROOT = new Path(Optional.empty(), new Field("", ""));

    private final Optional<Path> around;
    private final Step last;

    private Path(Optional<Path> around, Step last) {
        this.around = around;
        this.last = last;
    }

    /// One step of the way.
    private sealed interface Step {
        /// By the model's names.
        String key();

        /// As people read it.
        String title();
    }

    private record Field(String key, String title) implements Step {}

    private record Item(String list, int index, String word, String label) implements Step {
        @Override
        public String key() {
            return list + "[" + index + "]";
        }

        @Override
        public String title() {
            String number = index == 0 ? "" : " " + (index + 1);
            return word + (label.isEmpty() ? number : " \"" + label + "\"");
        }
    }

    /// `groups[0].tasks[1].config.args`, by the model's names; empty for the resource itself.
    public String key() {
        return joined(around.map(Path::key).orElse(""), last.key());
    }

    /// `group "web".task "api".config.args`
    public String title() {
        return joined(around.map(Path::title).orElse(""), last.title());
    }

    private static String joined(String before, String step) {
        return before.isEmpty() ? step : before + "." + step;
    }

    /// The last step of [#key].
    public String last() {
        return last.key();
    }

    /// A field of what this leads to.
    public Path field(String name) {
        return field(name, name);
    }

    /// A field that is written under another name than the model's.
    public Path field(String name, String written) {
        return new Path(Optional.of(this), new Field(name, written));
    }

    /// An item of a list, which people know by its number.
    public Path item(String list, int index, String word) {
        return item(list, index, word, "");
    }

    /// An item of a list, which people know by its label: `task "api"`. Without a label its number
    /// from 1 stands there, but for the first.
    public Path item(String list, int index, String word, String label) {
        return new Path(Optional.of(this), new Item(list, index, word, label));
    }

    /// An item of the list that this leads to: the list's own step becomes the item's.
    public Path item(int index, String word, String label) {
        return around.orElse(this).item(last.key(), index, word, label);
    }
}
