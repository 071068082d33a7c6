package dev.drover.node.template;

import dev.drover.manifests.model.Template;
import dev.drover.node.beneath.Destination;
import dev.drover.node.driver.TaskFolders;
import dev.drover.node.template.language.Delimiters;
import dev.drover.node.template.language.MissingKey;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/// Decides what a job's `template` block means on this node, before anything is read or rendered.
public sealed interface TemplatePlan {

    /// It is to be rendered.
    ///
    /// @param name how errors name it: its destination as the job wrote it
    record Ready(
            String name,
            Text text,
            Delimiters delimiters,
            MissingKey missingKey,
            Destination.Beneath destination,
            Rights rights,
            boolean env)
            implements TemplatePlan {}

    /// It cannot be, and why.
    record Refused(String why) implements TemplatePlan {}

    /// Where the template's own text is.
    sealed interface Text {
        /// In the job.
        record Inline(String text) implements Text {}

        /// In a file beneath the task's folder, which an artifact may have brought.
        record InFile(Destination.Beneath file) implements Text {}
    }

    /// Who may do what with the rendered file.
    ///
    /// @param mode at most 0777: set-id bits are not given away
    /// @param uid empty for the daemon's own
    record Rights(int mode, OptionalInt uid, OptionalInt gid) {}

    /// What to render, and where to.
    static TemplatePlan of(
            Template template,
            TaskFolders folders,
            Map<String, String> variables,
            UnaryOperator<String> fill) {
        String destination = fill.apply(template.destination().orElse(""));
        if (destination.isEmpty()) {
            return new Refused("a template needs a destination");
        }
        String perms = template.perms().orElse("0644");
        if (!perms.matches("0?[0-7]{3}")) {
            return new Refused(
                    "template \""
                            + destination
                            + "\": perms = \""
                            + perms
                            + "\" is not of the form 0644; bits beyond 0777 are not given");
        }
        if (!(Destination.of(destination, folders, variables)
                instanceof Destination.Beneath place)) {
            return new Refused(
                    "template \"" + destination + "\": the destination leaves the task's folder");
        }
        if (place.relative().toString().isEmpty()) {
            return new Refused(
                    "template \""
                            + destination
                            + "\": the destination is a folder of the task; name a file in it");
        }
        Optional<Text> text = text(template, folders, variables, fill);
        if (text.isEmpty()) {
            return new Refused(
                    "template \""
                            + destination
                            + "\": it needs either data, or a source that is a file beneath the task's folder");
        }
        return new Ready(
                destination,
                text.get(),
                new Delimiters(
                        template.leftDelimiter().orElse(""), template.rightDelimiter().orElse("")),
                template.errorOnMissingKey().orElse(false) ? MissingKey.ERROR : MissingKey.NO_VALUE,
                place,
                new Rights(
                        Integer.parseInt(perms, 8), owner(template.uid()), owner(template.gid())),
                template.env().orElse(false));
    }

    private static Optional<Text> text(
            Template template,
            TaskFolders folders,
            Map<String, String> variables,
            UnaryOperator<String> fill) {
        if (template.data().isPresent()) {
            return template.data().map(Text.Inline::new);
        }
        return template.source()
                .map(fill)
                .filter(path -> !path.isEmpty())
                .map(path -> Destination.of(path, folders, variables))
                .filter(Destination.Beneath.class::isInstance)
                .map(file -> new Text.InFile((Destination.Beneath) file));
    }

    /// Nomad says -1 for nobody in particular.
    private static OptionalInt owner(Optional<Integer> id) {
        return id.isPresent() && id.get() >= 0 ? OptionalInt.of(id.get()) : OptionalInt.empty();
    }
}
