package dev.drover.manifests.validate;

import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Template;
import dev.drover.manifests.model.TemplateWait;
import dev.drover.manifests.shape.Durations;
import dev.drover.manifests.tree.Code;
import dev.drover.manifests.tree.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Templates of a task.
final class TemplateRules {
    private static final List<String> CHANGE_MODES = List.of("noop", "signal", "script", "restart");
    private static final Pattern PERMS = Pattern.compile("0?[0-7]{3,4}");

    private TemplateRules() {}

    static void check(Job job, Report report) {
        for (Parts.TaskPart part : Parts.tasks(job)) {
            Set<String> destinations = new HashSet<>();
            List<Template> templates = part.task().templates();
            for (int i = 0; i < templates.size(); i++) {
                Path path = part.path().item("templates", i, "template");
                template(templates.get(i), path, report);
                String destination = templates.get(i).destination().orElse("");
                if (!destination.isEmpty() && !destinations.add(destination)) {
                    report.add(
                            Code.DUPLICATE_NAME,
                            path.field("destination"),
                            "another template of the task is written to " + destination,
                            "give one of them another destination");
                }
            }
        }
    }

    private static void template(Template template, Path path, Report report) {
        boolean data = template.data().isPresent();
        boolean source = !template.source().orElse("").isEmpty();
        if (data && source) {
            report.add(Code.CONTRADICTION, path, "it has data and a source", "give one of them");
        } else if (!data && !source) {
            report.add(
                    Code.MISSING_FIELD,
                    path,
                    "it has neither data nor a source",
                    "write the template as data, or name its file as source");
        }
        if (template.destination().orElse("").isEmpty()) {
            report.add(
                    Code.MISSING_FIELD,
                    path,
                    "destination is required",
                    "say where in the task's folder it belongs: local/…");
        }
        TaskRules.inside(template.destination(), path.field("destination"), report);
        template.perms()
                .filter(perms -> !PERMS.matcher(perms).matches())
                .ifPresent(perms ->
                        report.add(
                                Code.INVALID_VALUE,
                                path.field("perms"),
                                "\"" + perms + "\" are no permissions",
                                "write octal digits: \"0644\""));
        template.quiet().ifPresent(quiet -> quiet(quiet, path.field("quiet"), report));
        changes(template, path, report);
    }

    private static void quiet(TemplateWait quiet, Path path, Report report) {
        Duration min = quiet.min().orElse(Duration.ZERO);
        if (quiet.max().isPresent() && min.compareTo(quiet.max().get()) > 0) {
            report.add(
                    Code.CONTRADICTION,
                    path,
                    "min = %s, but max = %s"
                            .formatted(Durations.text(min), Durations.text(quiet.max().get())),
                    "raise max or lower min");
        }
    }

    private static void changes(Template template, Path path, Report report) {
        String mode = template.changeMode().orElse("restart");
        Word.check(mode, CHANGE_MODES, path.field("changeMode"), report);
        template.changeSignal()
                .ifPresent(signal -> TaskRules.signal(signal, path.field("changeSignal"), report));
        boolean signalled = mode.equals("signal");
        if (!signalled && template.changeSignal().isPresent()) {
            report.add(
                    Code.UNLIKELY,
                    path.field("changeSignal"),
                    "change_signal is sent only with change_mode = \"signal\"",
                    "set change_mode, or remove change_signal");
        }
        if (signalled && template.env().orElse(false)) {
            report.add(
                    Code.CONTRADICTION,
                    path,
                    "a template for the environment cannot be read again after a signal",
                    "a process keeps the environment that it was started with",
                    "write change_mode = \"restart\"");
        }
        Optional<String> command = template.changeScript().flatMap(script -> script.command());
        if (mode.equals("script") && command.isEmpty()) {
            report.add(
                    Code.MISSING_FIELD,
                    path,
                    "change_mode = \"script\" needs a change_script block with a command",
                    "");
        }
    }
}
