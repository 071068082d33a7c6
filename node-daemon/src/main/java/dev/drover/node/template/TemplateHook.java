package dev.drover.node.template;

import dev.drover.manifests.model.Template;
import dev.drover.node.beneath.Destination;
import dev.drover.node.beneath.Reading;
import dev.drover.node.beneath.Staging;
import dev.drover.node.hook.TaskContext;
import dev.drover.node.hook.TaskHook;
import dev.drover.node.template.functions.Lookup;
import dev.drover.node.template.functions.Surroundings;
import dev.drover.node.template.functions.Surroundings.FileText;
import dev.drover.node.template.language.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// Renders the task's templates into its folder. It does so before each start, so that a task
/// always starts with what its environment says now. Templates with `env = true` add their
/// variables for the task and for the templates after them.
public final class TemplateHook implements TaskHook {

    /// As much as a template's own text may be; see `Limits`.
    private static final int FILE_BYTES_MAX = 1 << 20;

    private static final String TREE = "tree";

    private final Lookup lookup;
    private final InstantSource clock;

    public TemplateHook(Lookup lookup, InstantSource clock) {
        this.lookup = lookup;
        this.clock = clock;
    }

    @Override
    public Optional<Announcement> announce(TaskContext task) {
        int count = task.subject().task().templates().size();
        String words = "Rendering " + count + (count == 1 ? " template" : " templates");
        return count == 0
                ? Optional.empty()
                : Optional.of(new Announcement("Template", words, "Template Failure"));
    }

    @Override
    public TaskContext prepare(TaskContext task) throws IOException {
        TaskContext richer = task;
        for (Template template : task.subject().task().templates()) {
            richer =
                    switch (TemplatePlan.of(
                            template,
                            task.folders(),
                            richer.variables(),
                            task.environment()::fill)) {
                        case TemplatePlan.Refused(String why) -> throw new IOException(why);
                        case TemplatePlan.Ready plan -> prepare(plan, richer);
                    };
        }
        return richer;
    }

    /// Everything is beneath the task's folder, and goes with it.
    @Override
    public void undo(TaskContext task) {}

    private TaskContext prepare(TemplatePlan.Ready plan, TaskContext task) throws IOException {
        String text = render(plan, task);
        write(plan, text);
        if (!plan.env()) {
            return task;
        }
        return switch (EnvFile.parse(text)) {
            case EnvFile.Variables(var values) -> task.adding(values);
            case EnvFile.Wrong(Mistake mistake) ->
                    throw new IOException("template \"" + plan.name() + "\", rendered: " + mistake);
        };
    }

    private String render(TemplatePlan.Ready plan, TaskContext task) throws IOException {
        String name = "template \"" + plan.name() + "\"";
        return switch (TextTemplate.parse(text(plan), plan.delimiters())) {
            case TextTemplate.Parsed.Wrong(Mistake mistake) ->
                    throw new IOException(name + ":" + mistake);
            case TextTemplate.Parsed.Ready(TextTemplate template) ->
                    switch (template.render(surroundings(task), plan.missingKey())) {
                        case TextTemplate.Rendered.Text(String text, _) -> text;
                        case TextTemplate.Rendered.Missing(String what) ->
                                throw new IOException(
                                        "Missing: " + what + ", which " + name + " needs");
                        case TextTemplate.Rendered.Failed(Mistake mistake) ->
                                throw new IOException(name + ":" + mistake);
                    };
        };
    }

    private static String text(TemplatePlan.Ready plan) throws IOException {
        return switch (plan.text()) {
            case TemplatePlan.Text.Inline(String text) -> text;
            case TemplatePlan.Text.InFile(Destination.Beneath file) ->
                    switch (Reading.of(file, FILE_BYTES_MAX)) {
                        case Reading.Found(String text) -> text;
                        case Reading.Missing() ->
                                throw new IOException(
                                        "template \""
                                                + plan.name()
                                                + "\": its source "
                                                + file.relative()
                                                + " is not there");
                        case Reading.Refused(String why) ->
                                throw new IOException(
                                        "template \""
                                                + plan.name()
                                                + "\": its source "
                                                + file.relative()
                                                + ": "
                                                + why);
                    };
        };
    }

    private Surroundings surroundings(TaskContext task) {
        return new Surroundings(
                task.variables(), path -> file(path, task), clock.instant(), lookup);
    }

    private static FileText file(String path, TaskContext task) {
        return switch (Destination.of(path, task.folders(), task.variables())) {
            case Destination.Outside(String why) -> new FileText.Refused(why);
            case Destination.Beneath place -> {
                try {
                    yield switch (Reading.of(place, FILE_BYTES_MAX)) {
                        case Reading.Found(String text) -> new FileText.Found(text);
                        case Reading.Missing() -> new FileText.Missing();
                        case Reading.Refused(String why) -> new FileText.Refused(why);
                    };
                } catch (IOException e) {
                    yield new FileText.Refused("it cannot be read: " + e.getMessage());
                }
            }
        };
    }

    private static void write(TemplatePlan.Ready plan, String text) throws IOException {
        try (Staging staging = Staging.within(plan.destination().root())) {
            Path file = staging.folder().resolve(TREE).resolve(plan.destination().relative());
            Path parent = file.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.writeString(file, text);
            if (plan.rights().uid().isPresent()) {
                Files.setAttribute(file, "unix:uid", plan.rights().uid().getAsInt());
            }
            if (plan.rights().gid().isPresent()) {
                Files.setAttribute(file, "unix:gid", plan.rights().gid().getAsInt());
            }
            Files.setAttribute(file, "unix:mode", plan.rights().mode());
            staging.moveIn(TREE);
        }
    }
}
