package dev.drover.controller.cli;

import dev.drover.manifests.json.JsonWriter;
import dev.drover.manifests.tree.Made;
import dev.drover.manifests.tree.Problem;
import dev.drover.manifests.tree.Tree;
import java.util.ArrayList;
import java.util.List;

/// Problems for editors and other programs: `validate -o json`.
final class ProblemList {
    private ProblemList() {}

    /// `{"valid", "resources", "problems": [{"file", "line", "column", "severity", "code", …}]}`
    static String json(int resources, List<Problem> problems) {
        boolean valid = problems.stream().allMatch(Problem::warning);
        return JsonWriter.pretty(
                Made.block(
                        Made.field("valid", Made.flag(valid)),
                        Made.field("resources", Made.number(resources)),
                        Made.field(
                                "problems",
                                Made.list(problems.stream().map(ProblemList::problem).toList()))));
    }

    private static Tree problem(Problem problem) {
        List<Tree.Field> fields = new ArrayList<>();
        problem.place()
                .ifPresent(place -> {
                    fields.add(Made.field("file", place.file()));
                    fields.add(Made.field("line", Made.number(place.position().line())));
                    fields.add(Made.field("column", Made.number(place.position().column())));
                });
        fields.add(Made.field("severity", problem.warning() ? "warning" : "error"));
        fields.add(Made.field("code", problem.code().id()));
        fields.add(Made.field("what", problem.what()));
        Made.stated("why", problem.why()).ifPresent(fields::add);
        Made.stated("fix", problem.fix()).ifPresent(fields::add);
        return Made.block(fields);
    }
}
