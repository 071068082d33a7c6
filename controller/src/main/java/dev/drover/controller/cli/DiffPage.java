package dev.drover.controller.cli;

import dev.drover.manifests.diff.ResourceDiff;
import dev.drover.manifests.json.JsonWriter;
import dev.drover.manifests.tree.Made;
import dev.drover.manifests.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What `diff` shows: what files say against what is stored, and that against what runs.
///
/// @param stored what differs, by resource
/// @param running what differs, by job
record DiffPage(List<Stored> stored, Map<String, List<String>> running) {
    private static final String STORED = "Files against what is stored";
    private static final String RUNNING = "What is stored against what runs";

    DiffPage {
        stored = List.copyOf(stored);
    }

    /// A resource that is not stored as its file says.
    ///
    /// @param name `job/web`
    /// @param created whether it is not stored at all
    record Stored(String name, boolean created, ResourceDiff fields) {
        private String line() {
            if (created) {
                return "+ " + name + " is not stored yet";
            }
            return "~ "
                    + name
                    + (fields.differences().isEmpty() ? ": only a default is written out" : "");
        }
    }

    /// Whether nothing differs.
    boolean same() {
        return stored.isEmpty() && lines().isEmpty();
    }

    private List<String> lines() {
        return running.values().stream().flatMap(List::stream).toList();
    }

    void print(Review form, Out out) {
        switch (form) {
            case TEXT -> text(out);
            case JSON -> out.data(JsonWriter.pretty(json()));
            case MARKDOWN -> out.data(markdown());
        }
    }

    private void text(Out out) {
        List<String> fields = new ArrayList<>();
        for (Stored each : stored) {
            fields.add(each.line());
            each.fields().text().lines().forEach(line -> fields.add("  " + line));
        }
        section(STORED, fields, out);
        out.blank();
        section(RUNNING, lines(), out);
    }

    private static void section(String title, List<String> lines, Out out) {
        out.title(title);
        if (lines.isEmpty()) {
            out.line("  no difference");
        }
        lines.forEach(line -> out.line("  " + line));
    }

    private String markdown() {
        StringBuilder text = new StringBuilder("### " + STORED + "\n\n");
        for (Stored each : stored) {
            String table = each.fields().markdown();
            text.append(each.line().substring(2)).append("\n\n");
            text.append(table).append(table.isEmpty() ? "" : "\n");
        }
        text.append(stored.isEmpty() ? "no difference\n\n" : "");
        text.append("### ").append(RUNNING).append("\n\n");
        lines().forEach(line -> text.append("- `").append(line).append("`\n"));
        return text.append(lines().isEmpty() ? "no difference\n" : "").toString();
    }

    private Tree json() {
        List<Tree> resources =
                stored.stream()
                        .<Tree>map(each ->
                                Made.block(
                                        Made.field("resource", each.name()),
                                        Made.field("change", each.created() ? "added" : "changed"),
                                        Made.field("fields", each.fields().json())))
                        .toList();
        List<Tree> jobs = new ArrayList<>();
        running.forEach((name, lines) -> {
            if (!lines.isEmpty()) {
                jobs.add(
                        Made.block(
                                Made.field("resource", name),
                                Made.field(
                                        "differences",
                                        Made.list(lines.stream().map(Made::text).toList()))));
            }
        });
        return Made.block(
                Made.field("stored", Made.list(resources)), Made.field("running", Made.list(jobs)));
    }
}
