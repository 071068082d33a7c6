package dev.drover.manifests.tree;

/// The way from a resource to one of its fields, twice: as programs look it up and as people read
/// it.
///
/// @param key `groups[0].tasks[1].config.args`, by the model's names; empty for the resource itself
/// @param title `group "web".task "api".config.args`
public record Path(String key, String title) {

    /// The resource itself.
    public static final Path ROOT = new Path("", "");

    /// A field of what this leads to.
    public Path field(String name) {
        return field(name, name);
    }

    /// A field that is written under another name than the model's.
    public Path field(String name, String written) {
        return new Path(
                key.isEmpty() ? name : key + "." + name,
                title.isEmpty() ? written : title + "." + written);
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
        return new Path(
                (key.isEmpty() ? list : key + "." + list) + "[" + index + "]",
                title.isEmpty() ? step : title + "." + step);
    }
}
