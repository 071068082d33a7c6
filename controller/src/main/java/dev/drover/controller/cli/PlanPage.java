package dev.drover.controller.cli;

import dev.drover.manifests.diff.ResourceDiff;
import dev.drover.manifests.json.JsonReader;
import dev.drover.manifests.json.JsonWriter;
import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Plan;
import dev.drover.manifests.model.Unplaced;
import dev.drover.manifests.tree.Made;
import dev.drover.manifests.tree.Source;
import dev.drover.manifests.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `plan` shows of one resource.
///
/// @param name `job/web`
/// @param fields what differs from what is stored; nothing where nothing is stored
record PlanPage(String name, Plan plan, ResourceDiff fields) {
    private static final String NEW = "new allocation";
    private static final String REPLACEMENT = "replacement";

    /// The page of what has no allocations, or none that could be told of.
    static PlanPage of(String name, String effect, Optional<String> waits, ResourceDiff fields) {
        return new PlanPage(
                name, new Plan(effect, "", Map.of(), Map.of(), Map.of(), waits), fields);
    }

    /// Prints the plans of all resources.
    static void print(List<PlanPage> pages, Review form, Out out) {
        switch (form) {
            case TEXT -> pages.forEach(page -> page.text(out));
            case JSON ->
                    out.data(
                            JsonWriter.pretty(
                                    Made.list(pages.stream().map(PlanPage::json).toList())));
            case MARKDOWN -> pages.forEach(page -> out.data(page.markdown()));
        }
    }

    private String title() {
        return plan.changes()
                ? name
                        + " would be "
                        + (plan.effect().equals("unchanged") ? "restored" : plan.effect())
                : name + ": nothing would change";
    }

    private void text(Out out) {
        if (!plan.changes()) {
            out.line(title());
            return;
        }
        out.title(title());
        fields.text().lines().forEach(out::line);
        consequences().forEach(out::line);
    }

    private String markdown() {
        StringBuilder text = new StringBuilder("### " + title() + "\n\n");
        String table = fields.markdown();
        text.append(table).append(table.isEmpty() ? "" : "\n");
        List<String> lines = plan.changes() ? consequences() : List.of();
        lines.forEach(
                line -> text.append(line.replaceFirst("^  (  )?(\\* )?", "$1- ")).append('\n'));
        return text.append(lines.isEmpty() ? "" : "\n").toString();
    }

    private Tree json() {
        Tree.Block whole =
                JsonReader.read(new Source("plan", RecordJson.text(plan))).documents().getFirst();
        List<Tree.Field> all = new ArrayList<>();
        all.add(Made.field("resource", name));
        all.add(Made.field("changes", Made.flag(plan.changes())));
        all.add(Made.field("fields", fields.json()));
        all.addAll(whole.fields());
        return Made.block(all);
    }

    private List<String> consequences() {
        List<String> lines = new ArrayList<>();
        plan.groups()
                .forEach((group, counts) -> lines.add("  group " + group + ": " + words(counts)));
        plan.waits().ifPresent(because -> lines.add("  it would wait: " + because));
        plan.unplaced().forEach((group, some) -> unplaced(group, some, NEW, lines));
        plan.unreplaced().forEach((group, some) -> unplaced(group, some, REPLACEMENT, lines));
        return lines;
    }

    private static String words(Plan.Counts counts) {
        List<String> parts = new ArrayList<>();
        part(parts, counts.canary(), counts.canary() == 1 ? "canary first" : "canaries first");
        part(parts, counts.create(), "create");
        part(parts, counts.destroy(), "destroy");
        part(parts, counts.replace(), "replace");
        part(parts, counts.inPlace(), "update in place");
        part(parts, counts.ignore(), "ignore");
        return parts.isEmpty() ? "nothing" : String.join(", ", parts);
    }

    private static void part(List<String> parts, int count, String word) {
        if (count > 0) {
            parts.add(count + " " + word);
        }
    }

    /// What would have no place, and every reason with the nodes that have it.
    private static void unplaced(String group, Unplaced unplaced, String what, List<String> into) {
        String count = Wording.count(unplaced.count(), what);
        into.add("  group " + group + ": " + count + " would wait for a place");
        if (unplaced.refusals().isEmpty()) {
            into.add("    * no node has registered yet");
        }
        unplaced.refusals().forEach(refusal -> into.add("    * " + Wording.reason(refusal)));
    }
}
