package dev.drover.node.template;

import dev.drover.manifests.model.Template;
import dev.drover.node.beneath.Destination;
import dev.drover.node.beneath.Reading;
import dev.drover.node.beneath.Staging;
import dev.drover.node.hook.Companion;
import dev.drover.node.hook.TaskContext;
import dev.drover.node.hook.TaskHook;
import dev.drover.node.link.Inquiries;
import dev.drover.node.memory.Recall;
import dev.drover.node.memory.StateFile;
import dev.drover.node.os.FullDisk;
import dev.drover.node.os.Polling;
import dev.drover.node.template.functions.Lookup;
import dev.drover.node.template.functions.Surroundings;
import dev.drover.node.template.functions.Surroundings.FileText;
import dev.drover.node.template.language.Mistake;
import dev.drover.node.template.language.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Renders the task's templates into its folder. It does so before each start, so that a task
/// always starts with what its environment says now, and while it runs when what was read changes.
/// Templates with `env = true` add their variables for the task and for the templates after them.
public final class TemplateHook implements TaskHook {

    /// As much as a template's own text may be; see `Limits`.
    private static final int FILE_BYTES_MAX = 1 << 20;

    private static final String TREE = "tree";

    /// Stands for the template's own file: no path is empty.
    private static final String SOURCE = "";

    /// How often is looked whether what is missing has come.
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /// A task keeps few events, and each is written by this node and the server.
    private static final Duration TOLD_FOR = Duration.ofHours(1);

    private final Lookups lookups;
    private final InstantSource clock;
    private final Function<TaskContext, Path> marks;

    /// What the next run of a task begins with, by the task's folder, until it is watched.
    private final Map<Path, List<Rendered>> prepared = new ConcurrentHashMap<>();

    /// @param marks the file for what a task's templates have said last
    public TemplateHook(Lookups lookups, InstantSource clock, Function<TaskContext, Path> marks) {
        this.lookups = lookups;
        this.clock = clock;
        this.marks = marks;
    }

    /// Where the templates of a task get what is kept elsewhere.
    @FunctionalInterface
    public interface Lookups {
        /// Of that task.
        Lookup of(TaskContext task);

        /// Nowhere.
        static Lookups none() {
            return _ -> Lookup.none();
        }
    }

    /// From the server, for what a task may know.
    public static Lookups asking(Inquiries inquiries) {
        return task -> ServerLookup.of(inquiries::ask, task);
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
    public TaskContext prepare(TaskContext task) throws IOException, InterruptedException {
        return prepare(task, Progress.untold());
    }

    /// Waits for what is not there yet, as a variable that somebody is still to put: the task has
    /// done nothing wrong. Only its job bounds that, which may be stopped or have a deadline.
    @Override
    public TaskContext prepare(TaskContext task, Progress progress)
            throws IOException, InterruptedException {
        Set<String> told = new HashSet<>();
        Optional<List<Rendered>> all = Optional.empty();
        while (all.isEmpty()) {
            all = Polling.until(TOLD_FOR, LOOK_EVERY, () -> all(task, told, progress));
            told.clear(); // what is missing for so long is said again
        }
        return write(task, all.get());
    }

    /// What all of them say, unless something is missing, which is told once.
    private Optional<List<Rendered>> all(TaskContext task, Set<String> told, Progress progress)
            throws IOException {
        try {
            return Optional.of(rendered(task));
        } catch (Missing missing) {
            String what = String.valueOf(missing.getMessage());
            if (told.add(what)) {
                progress.waitsFor(what);
            }
            return Optional.empty();
        }
    }

    private TaskContext write(TaskContext task, List<Rendered> all) throws IOException {
        TaskContext richer = task;
        for (Rendered rendered : all) {
            write(rendered.plan(), rendered.text());
            richer = rendered.after();
        }
        remember(task, all);
        prepared.put(task.folders().home(), all);
        return richer;
    }

    /// Keeps what they say, for a daemon that finds the task running.
    void remember(TaskContext task, List<Rendered> all) throws IOException {
        if (all.stream().anyMatch(Rendered::mayChange)) {
            file(task).write(Marks.of(all));
        }
    }

    /// What they said when that was kept last.
    Optional<Marks> remembered(TaskContext task) throws IOException {
        return file(task).read() instanceof Recall.Known<Marks>(Marks known)
                ? Optional.of(known)
                : Optional.empty();
    }

    private StateFile<Marks> file(TaskContext task) {
        return new StateFile<>(marks.apply(task), Marks.class);
    }

    /// What a template says now.
    ///
    /// @param read what it has read for that
    /// @param after the task with the variables it adds
    record Rendered(
            Template template, TemplatePlan.Ready plan, String text, Read read, TaskContext after) {
        /// Whether what it has read is looked at again.
        boolean mayChange() {
            return !read.isEmpty() && !template.once().orElse(false);
        }
    }

    /// What a rendering has read.
    ///
    /// @param files by their paths, the template's own source among them
    /// @param answers by what was asked
    record Read(SortedMap<String, FileText> files, Map<Question, Lookup.Answer> answers) {
        Read() {
            this(new TreeMap<>(), new LinkedHashMap<>());
        }

        boolean isEmpty() {
            return files.isEmpty() && answers.isEmpty();
        }

        /// What a message says, without the values that were looked up: they may be secret.
        String hidden(String message) {
            String shown = message;
            for (Lookup.Answer answer : answers.values()) {
                if (answer instanceof Lookup.Answer.Found(Value.Mapping(var entries))) {
                    for (Value value : entries.values()) {
                        String text = value.shown();
                        shown = text.isEmpty() ? shown : shown.replace(text, "•••");
                    }
                }
            }
            return shown;
        }
    }

    /// As a template asked it.
    record Question(String function, List<String> arguments) {
        Question {
            arguments = List.copyOf(arguments);
        }
    }

    /// What all templates of a task say now; nothing is written.
    List<Rendered> rendered(TaskContext task) throws IOException {
        List<Rendered> all = new ArrayList<>();
        TaskContext richer = task;
        for (Template template : task.subject().task().templates()) {
            Rendered next =
                    switch (TemplatePlan.of(
                            template,
                            task.folders(),
                            richer.variables(),
                            task.environment()::fill)) {
                        case TemplatePlan.Refused(String why) -> throw new IOException(why);
                        case TemplatePlan.Ready plan -> rendered(template, plan, richer);
                    };
            all.add(next);
            richer = next.after();
        }
        return all;
    }

    /// Renders again what has read something that changes.
    @Override
    public Optional<Companion> companion(TaskContext task) {
        return task.subject().task().templates().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new TemplateWatch(
                                this,
                                task,
                                Optional.ofNullable(prepared.remove(task.folders().home()))));
    }

    /// Everything is beneath the task's folder, and goes with it.
    @Override
    public void undo(TaskContext task) {
        prepared.remove(task.folders().home());
    }

    private Rendered rendered(Template template, TemplatePlan.Ready plan, TaskContext task)
            throws IOException {
        Read read = new Read();
        String text = render(plan, task, read);
        if (!plan.env()) {
            return new Rendered(template, plan, text, read, task);
        }
        return switch (EnvFile.parse(text)) {
            case EnvFile.Variables(var values) ->
                    new Rendered(template, plan, text, read, task.adding(values));
            case EnvFile.Wrong(Mistake mistake) ->
                    throw new IOException(
                            read.hidden("template \"" + plan.name() + "\", rendered: " + mistake));
        };
    }

    private String render(TemplatePlan.Ready plan, TaskContext task, Read read) throws IOException {
        String name = "template \"" + plan.name() + "\"";
        String source = text(plan);
        if (plan.text() instanceof TemplatePlan.Text.InFile) {
            read.files().put(SOURCE, new FileText.Found(source));
        }
        return switch (TextTemplate.parse(source, plan.delimiters())) {
            case TextTemplate.Parsed.Wrong(Mistake mistake) ->
                    throw new IOException(name + ":" + mistake);
            case TextTemplate.Parsed.Ready(TextTemplate template) ->
                    switch (template.render(surroundings(task, read), plan.missingKey())) {
                        case TextTemplate.Rendered.Text(String text, _) -> text;
                        case TextTemplate.Rendered.Missing(String what) ->
                                throw new Missing(what, name);
                        case TextTemplate.Rendered.Failed(Mistake mistake) ->
                                throw new IOException(read.hidden(name + ":" + mistake));
                    };
        };
    }

    /// Whether everything it has read is as it was.
    boolean fresh(Rendered rendered) throws IOException {
        Lookup lookup = lookups.of(rendered.after());
        for (var asked : rendered.read().answers().entrySet()) {
            Question question = asked.getKey();
            Lookup.Answer now = lookup.ask(question.function(), question.arguments());
            if (now instanceof Lookup.Answer.Found && !now.equals(asked.getValue())) {
                return false; // what cannot be asked now is as it was
            }
        }
        for (var read : rendered.read().files().entrySet()) {
            FileText now =
                    read.getKey().equals(SOURCE)
                            ? new FileText.Found(text(rendered.plan()))
                            : file(read.getKey(), rendered.after());
            if (!now.equals(read.getValue())) {
                return false;
            }
        }
        return true;
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

    private Surroundings surroundings(TaskContext task, Read read) {
        Lookup lookup = lookups.of(task);
        return new Surroundings(
                task.environment().inTemplates(task.variables()),
                path -> {
                    FileText found = file(path, task);
                    read.files().put(path, found);
                    return found;
                },
                clock.instant(),
                (function, arguments) -> {
                    Lookup.Answer answer = lookup.ask(function, arguments);
                    read.answers().put(new Question(function, arguments), answer);
                    return answer;
                });
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

    static void write(TemplatePlan.Ready plan, String text) throws IOException {
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
        } catch (IOException e) {
            throw FullDisk.at(plan.destination().root(), e);
        }
    }
}
