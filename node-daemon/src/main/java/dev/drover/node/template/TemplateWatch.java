package dev.drover.node.template;

import dev.drover.manifests.model.ChangeScript;
import dev.drover.manifests.model.Template;
import dev.drover.manifests.model.TemplateWait;
import dev.drover.node.driver.Execution;
import dev.drover.node.driver.Finished;
import dev.drover.node.hook.Companion;
import dev.drover.node.hook.RunControl;
import dev.drover.node.hook.TaskContext;
import dev.drover.node.os.Signal;
import dev.drover.node.task.Words;
import dev.drover.node.template.TemplateHook.Rendered;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Looks while a task runs whether what its templates have read is another now: a file beneath its
/// folder, the template's own, or what the server keeps. Then they are rendered again, and where
/// that gives another text the task is restarted, signalled, or a script is run in it. One restart
/// is enough for all. What has changed while no daemon ran is seen by the next one.
final class TemplateWatch implements Companion {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /// As Nomad's: how long what was read must be quiet, and how long that is waited for.
    private static final Duration QUIET = Duration.ofSeconds(5);

    private static final int QUIET_TIMES_MAX = 4;
    private static final Duration SPLAY = Duration.ofSeconds(5);
    private static final Duration SCRIPT_MAX = Duration.ofSeconds(5);

    /// Of a script that has failed: an event is a line, and stays in the allocation's status.
    private static final int SAID_MAX = 200;

    private static final String RENDERED = "Template re-rendered";

    private final TemplateHook hook;
    private final TaskContext task;
    private final Optional<List<Rendered>> begun;

    /// @param begun what the run has begun with; absent when an earlier daemon began it
    TemplateWatch(TemplateHook hook, TaskContext task, Optional<List<Rendered>> begun) {
        this.hook = hook;
        this.task = task;
        this.begun = begun;
    }

    @Override
    public void accompany(RunControl run) throws InterruptedException {
        List<Rendered> seen = begun.orElse(List.of());
        boolean first = begun.isEmpty();
        while (first || seen.stream().anyMatch(Rendered::mayChange)) {
            try {
                if (first) {
                    seen = found(run);
                    first = false;
                } else if (!fresh(seen)) {
                    settle(seen, run);
                    seen = again(Marks.of(seen), run);
                }
            } catch (IOException e) {
                run.tell("Template Failure", String.valueOf(e.getMessage()));
                run.pause(QUIET.multipliedBy(QUIET_TIMES_MAX)); // its event is said again then
            }
            run.pause(LOOK_EVERY);
        }
    }

    /// What the templates of a task say that an earlier daemon has begun.
    private List<Rendered> found(RunControl run) throws IOException, InterruptedException {
        List<Rendered> now = rendered(run);
        Optional<Marks> before = hook.remembered(task);
        if (before.isEmpty() || before.get().sameRead(Marks.of(now))) {
            return now;
        }
        settle(now, run);
        return again(before.get(), run);
    }

    /// What they say now, waited for as long as something is missing, which the task has had once:
    /// the server may not be asked yet.
    private List<Rendered> rendered(RunControl run) throws IOException, InterruptedException {
        while (true) {
            try {
                return hook.rendered(task);
            } catch (Missing notYet) {
                run.pause(LOOK_EVERY);
            }
        }
    }

    private boolean fresh(List<Rendered> seen) throws IOException {
        for (Rendered one : seen) {
            if (one.mayChange() && !hook.fresh(one)) {
                return false;
            }
        }
        return true;
    }

    /// Waits until nothing has changed for as long as the templates ask.
    private void settle(List<Rendered> seen, RunControl run)
            throws IOException, InterruptedException {
        Duration min = Duration.ZERO;
        Duration max = Duration.ZERO;
        for (Rendered one : seen) {
            Optional<TemplateWait> asked = one.template().quiet();
            Duration quiet = asked.flatMap(TemplateWait::min).orElse(QUIET);
            Duration most =
                    asked.flatMap(TemplateWait::max).orElse(quiet.multipliedBy(QUIET_TIMES_MAX));
            min = min.compareTo(quiet) > 0 ? min : quiet;
            max = max.compareTo(most) > 0 ? max : most;
        }
        Duration quiet = Duration.ZERO;
        Duration waited = Duration.ZERO;
        List<Rendered> before = hook.rendered(task);
        while (quiet.compareTo(min) < 0 && waited.compareTo(max) < 0) {
            run.pause(LOOK_EVERY);
            waited = waited.plus(LOOK_EVERY);
            boolean same = fresh(before);
            quiet = same ? quiet.plus(LOOK_EVERY) : Duration.ZERO;
            before = same ? before : hook.rendered(task);
        }
    }

    /// Writes what is another text now, and acts on it. That is kept last: a daemon that is killed
    /// before leaves it to the next one.
    private List<Rendered> again(Marks before, RunControl run)
            throws IOException, InterruptedException {
        List<Rendered> now = hook.rendered(task);
        List<Marks.Mark> marks = Marks.of(now).templates();
        List<Template> changed = new ArrayList<>();
        for (int i = 0; i < now.size(); i++) {
            Rendered fresh = now.get(i);
            boolean same = marks.get(i).text().equals(before.templates().get(i).text());
            if (fresh.mayChange() && !same) {
                TemplateHook.write(fresh.plan(), fresh.text());
                changed.add(fresh.template());
            }
        }
        act(changed, run);
        hook.remember(task, now);
        return now;
    }

    private void act(List<Template> changed, RunControl run)
            throws IOException, InterruptedException {
        List<Template> loud = changed.stream().filter(t -> !mode(t).equals("noop")).toList();
        if (loud.isEmpty()) {
            return;
        }
        run.splay(
                loud.stream()
                        .map(t -> t.splay().orElse(SPLAY))
                        .max(Duration::compareTo)
                        .orElse(SPLAY));
        if (loud.stream().anyMatch(t -> mode(t).equals("restart"))) {
            run.restart("Template with change_mode restart re-rendered");
            return;
        }
        for (Template template : loud) {
            if (mode(template).equals("signal")) {
                String name = template.changeSignal().orElse("SIGHUP");
                run.signal(
                        Signal.named(name)
                                .orElseThrow(() -> new IOException("no signal is " + name)),
                        RENDERED);
            } else if (template.changeScript().isPresent()) {
                run(template.changeScript().get(), run);
            }
        }
    }

    private static String mode(Template template) {
        return template.changeMode().orElse("restart");
    }

    private void run(ChangeScript script, RunControl run) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.command().orElse("")));
        command.addAll(script.args());
        command.replaceAll(task.environment()::fill);
        String failure = failure(command, script.timeout().orElse(SCRIPT_MAX), run);
        if (failure.isEmpty()) {
            run.tell("Task hook message", "Template ran script " + String.join(" ", command));
        } else if (script.failOnError().orElse(false)) {
            run.fail("Template script failed: " + failure);
        } else {
            run.tell(
                    "Task hook failed",
                    "Template failed to run script " + String.join(" ", command) + ": " + failure);
        }
    }

    /// Why it did not do what it should; empty when it did.
    private static String failure(List<String> command, Duration max, RunControl run)
            throws InterruptedException {
        AtomicReference<String> failure =
                new AtomicReference<>("it took longer than " + max.toSeconds() + " s");
        try (Execution script = run.running().exec(command)) {
            Thread waiter =
                    Thread.ofVirtual()
                            .name("change-script")
                            .start(() -> failure.compareAndSet(failure.get(), ended(script)));
            waiter.join(max);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
        return failure.get();
    }

    private static String ended(Execution script) {
        try {
            Finished end = Finished.of(script, SAID_MAX);
            return end.exit().success()
                    ? ""
                    : Words.of(end.exit()) + (end.said().isEmpty() ? "" : ": " + end.said());
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
