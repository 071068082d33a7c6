package dev.drover.reconcilers.simulation;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DeploymentSpec;
import dev.drover.manifests.model.DrainSpec;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.HoldSpec;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobStatus;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.JobVersionSpec;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.NodeSpec;
import dev.drover.manifests.model.PreemptionPolicy;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.SchedulerConfig;
import dev.drover.manifests.model.SchedulerConfigSpec;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.TaskPhase;
import dev.drover.manifests.model.TaskState;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.World;
import dev.drover.reconcilers.cluster.KeptVersion;
import dev.drover.reconcilers.deployment.Deployments;
import dev.drover.reconcilers.placement.Why;
import dev.drover.reconcilers.whatif.WhatIf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// A story as text: each line that begins with `> ` is a step, what follows it is what the loops
/// wrote and why. Lines that begin with `#` are for people.
///
/// ```text
/// > node a1 cpu=500 memory=512  a node joins
/// > run web count=3 args=two    somebody runs the job, or changes it (see [Drawing])
/// > dispatch render who=ann     somebody launches a parameterized job
/// > obey                        nodes do what they are told: copies start and stop
/// > healthy web[0]  > healthy web.api[0]  > sick web[0]  > fail web[0]  > complete web[0]  > healthy web
///                               what a node says of copies
/// > promote web > pause web > resume web > giveup web > stop web   what somebody asks for
/// > tag web 1 golden  > revert web golden                        a kept version, and back to it
/// > delete web                  a job is to go with all that belongs to it
/// > silent a1  > heard a1  > close a1  > open a1                   what becomes of a node
/// > drain a1 deadline=1h ignore_system
/// > hold job web  > release job web  > hold node a1                somebody wants it to stay as it is
/// > preempt                     jobs of every type may evict others of lower priority
/// > pass 10m                    time passes
/// > show web                    how the job stands
/// > why web                     why copies have no place, and what would help
/// > whatif lose a1  > whatif drain a1                              what would move where
/// ```
final class Scenario {
    private final Stage stage = new Stage();

    private Scenario() {}

    /// The story told again.
    static String tell(String text) {
        Scenario scenario = new Scenario();
        StringBuilder told = new StringBuilder();
        for (String line : text.lines().toList()) {
            if (line.startsWith("#") || line.isBlank()) {
                told.append(line).append('\n');
            } else if (line.startsWith("> ")) {
                told.append(line).append('\n');
                scenario.step(line.substring(2))
                        .forEach(t -> told.append("  ").append(t.stripTrailing()).append('\n'));
            }
        }
        return told.toString();
    }

    private List<String> step(String line) {
        List<String> words = Arrays.asList(line.split(" +"));
        String what = words.get(0);
        String whom = words.size() > 1 ? words.get(1) : "";
        List<String> shown = new ArrayList<>();
        switch (what) {
            case "node" -> node(whom, words.subList(2, words.size()));
            case "run" -> run(Drawing.of(whom, words.subList(2, words.size())));
            case "dispatch" -> dispatch(whom, Drawing.said(words.subList(2, words.size())));
            case "stop" -> change(whom, job -> job.withSpec(job.spec().withStop(true)));
            case "tag" -> tag(version(whom, words.get(2)), words.get(3));
            case "revert" -> revert(whom, version(whom, words.get(2)));
            case "delete" -> change(whom, job -> job.withMetadata(deleted(job)));
            case "obey" -> obey();
            case "complete" -> say(whom, AllocationPhase.COMPLETE, Optional.empty());
            case "healthy" -> say(whom, AllocationPhase.RUNNING, Optional.of(true));
            case "sick" -> say(whom, AllocationPhase.RUNNING, Optional.of(false));
            case "fail" -> say(whom, AllocationPhase.FAILED, Optional.empty());
            case "promote" -> ask(whom, spec -> with(spec, spec.paused(), groups(whom), false));
            case "pause" -> ask(whom, spec -> with(spec, true, spec.promoted(), false));
            case "resume" -> ask(whom, spec -> with(spec, false, spec.promoted(), false));
            case "giveup" -> ask(whom, spec -> with(spec, false, spec.promoted(), true));
            case "silent" -> phase(whom, NodePhase.DOWN, "it was not heard for 30 s");
            case "heard" -> phase(whom, NodePhase.READY, "it is heard");
            case "close" -> open(whom, false);
            case "open" -> open(whom, true);
            case "drain" -> drain(whom, words.subList(2, words.size()));
            case "preempt" -> stage.write(preempting());
            case "hold" -> stage.write(hold(whom, words.get(2)));
            case "release" -> stage.remove(hold(whom, words.get(2)).name());
            case "pass" -> stage.pass(Drawing.duration(whom));
            case "show" -> shown.addAll(show(whom));
            case "why" -> shown.addAll(why(whom));
            case "whatif" -> shown.addAll(whatIf(whom, words.get(2)));
            default -> throw new IllegalArgumentException("no such step: " + line);
        }
        stage.settle();
        List<String> lines = new ArrayList<>(stage.told());
        lines.addAll(shown);
        return lines;
    }

    // ---- people

    private static SchedulerConfig preempting() {
        Optional<Boolean> yes = Optional.of(true);
        SchedulerConfigSpec spec =
                new SchedulerConfigSpec(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new PreemptionPolicy(yes, yes, yes, yes)),
                        Map.of());
        return new SchedulerConfig(Metadata.named("", SchedulerConfig.NAME), spec);
    }

    private static Hold hold(String kind, String name) {
        Kind held = kind.equals("job") ? Kind.JOB : Kind.NODE;
        return new Hold(
                Metadata.named("default", Hold.nameOf(held, name)),
                new HoldSpec(held, name, "ann", "she looks into it", Optional.empty()));
    }

    private void run(Sketch sketch) {
        Optional<Job> before = stage.cluster().job(sketch.job(0).name());
        int version = before.map(job -> job.status().version() + 1).orElse(0);
        stage.write(sketch.version(version));
        Job next = sketch.job(version);
        stage.write(
                before.map(old ->
                                new Job(
                                        old.metadata()
                                                .withGeneration(old.metadata().generation() + 1),
                                        next.spec(),
                                        status(old, version)))
                        .orElse(next));
    }

    /// @param meta what it brings, as admission would take it
    private void dispatch(String name, Map<String, String> meta) {
        Job parent = job(name);
        Job child =
                new Job(
                        parent.metadata().child(name + "/dispatch-" + stage.now().getEpochSecond()),
                        parent.spec().launch(true, meta, Optional.empty()),
                        JobStatus.unseen());
        String launch = child.metadata().name();
        String uid = "uid-of-" + launch;
        stage.write(
                new JobVersion(
                        Metadata.named("default", JobVersion.nameOf(uid, 0)).born(uid, stage.now()),
                        new JobVersionSpec(
                                launch,
                                uid,
                                0,
                                1,
                                false,
                                Optional.empty(),
                                Optional.of("ann"),
                                child.spec())));
        stage.write(child.withMetadata(child.metadata().born(uid, stage.now())));
    }

    private static JobStatus status(Job old, int version) {
        return new JobStatus(
                version,
                old.status().evaluation(),
                old.status().observedGeneration(),
                old.status().phase(),
                old.status().groups(),
                old.status().conditions(),
                old.status().launched());
    }

    private List<String> groups(String name) {
        return job(name).spec().groups().stream().map(TaskGroup::name).toList();
    }

    /// @param which its number or its tag
    private JobVersion version(String name, String which) {
        return stage.cluster().versionsOf(job(name).name()).stream()
                .map(KeptVersion::version)
                .filter(v ->
                        Integer.toString(v.spec().version()).equals(which)
                                || v.spec().tag().equals(Optional.of(which)))
                .findFirst()
                .orElseThrow();
    }

    private void tag(JobVersion version, String tag) {
        stage.write(new JobVersion(version.metadata(), version.spec().withTag(Optional.of(tag))));
    }

    private void revert(String name, JobVersion kept) {
        Job old = job(name);
        int version = old.status().version() + 1;
        String uid = kept.spec().jobUid();
        stage.write(
                new JobVersion(
                        Metadata.named("default", JobVersion.nameOf(uid, version))
                                .born(uid + "." + version, stage.now()),
                        new JobVersionSpec(
                                name,
                                uid,
                                version,
                                1,
                                false,
                                Optional.empty(),
                                Optional.of("ann, who went back"),
                                kept.spec().job())));
        stage.write(
                new Job(
                        old.metadata().withGeneration(old.metadata().generation() + 1),
                        kept.spec().job(),
                        status(old, version)));
    }

    private void change(String name, UnaryOperator<Job> change) {
        Job changed = change.apply(job(name));
        stage.write(
                changed.withMetadata(
                        changed.metadata().withGeneration(changed.metadata().generation() + 1)));
    }

    private Metadata deleted(Job job) {
        return job.metadata().deleted(stage.now());
    }

    private Job job(String name) {
        return stage.cluster().job(new ResourceName("default", name)).orElseThrow();
    }

    private void ask(String name, UnaryOperator<DeploymentSpec> wish) {
        Deployment deployment = Deployments.of(job(name), stage.cluster()).orElseThrow();
        stage.write(deployment.withSpec(wish.apply(deployment.spec())));
    }

    private static DeploymentSpec with(
            DeploymentSpec spec, boolean paused, List<String> promoted, boolean failed) {
        return new DeploymentSpec(
                spec.jobName(),
                spec.jobUid(),
                spec.jobVersion(),
                paused,
                promoted,
                failed,
                spec.health());
    }

    // ---- nodes

    private void phase(String name, NodePhase phase, String because) {
        Node node = stage.cluster().nodes().get(name).orElseThrow();
        stage.write(node.withStatus(node.status().in(phase, because, stage.now())));
    }

    private void node(String name, List<String> words) {
        Map<String, String> said = Drawing.said(words);
        stage.write(
                World.node(
                        name,
                        Drawing.number(said, "cpu", 4_000),
                        Drawing.number(said, "memory", 8_192)));
    }

    private void open(String name, boolean eligible) {
        Node node = stage.cluster().nodes().get(name).orElseThrow();
        stage.write(node.withSpec(new NodeSpec(eligible, Optional.empty())));
    }

    private void drain(String name, List<String> words) {
        Map<String, String> said = Drawing.said(words);
        Duration deadline = Drawing.duration(said.getOrDefault("deadline", "1h"));
        Node node = stage.cluster().nodes().get(name).orElseThrow();
        DrainSpec drain =
                new DrainSpec(
                        Optional.of(stage.now().plus(deadline)), said.containsKey("ignore_system"));
        stage.write(node.withSpec(new NodeSpec(false, Optional.of(drain))));
    }

    /// Copies of nodes that are heard start and stop as they are told.
    private void obey() {
        for (Allocation copy : copies(_ -> true)) {
            boolean heard =
                    stage.cluster()
                            .nodes()
                            .get(copy.spec().node())
                            .filter(node -> node.status().phase() == NodePhase.READY)
                            .isPresent();
            if (heard && !copy.live() && copy.occupies()) {
                write(copy, AllocationPhase.COMPLETE, copy.status().healthy());
            } else if (heard && copy.status().phase() == AllocationPhase.PENDING) {
                write(copy, AllocationPhase.RUNNING, Optional.empty());
            }
        }
    }

    /// @param whom `web`, `web.api`: all its live copies; `web[0]`, `web.api[0]`: the newest live
    ///   one of that slot
    private void say(String whom, AllocationPhase phase, Optional<Boolean> healthy) {
        String all = whom.replaceAll("\\[.*", "");
        List<Allocation> live =
                copies(c ->
                        c.live()
                                && (c.spec().jobName().equals(all)
                                        || (c.spec().jobName() + "." + c.spec().group())
                                                .equals(all)));
        if (whom.contains("[")) {
            int index = Integer.parseInt(whom.replaceAll(".*\\[|\\]", ""));
            live.stream()
                    .filter(copy -> copy.spec().index() == index)
                    .max((a, b) -> Integer.compare(a.spec().attempt(), b.spec().attempt()))
                    .ifPresent(copy -> write(copy, phase, healthy));
        } else {
            live.forEach(copy -> write(copy, phase, healthy));
        }
    }

    private List<Allocation> copies(Predicate<Allocation> which) {
        List<Allocation> copies = new ArrayList<>();
        for (var ofJob : stage.cluster().byJob()) {
            ofJob.allocations().stream().filter(which).forEach(copies::add);
        }
        return copies;
    }

    private void write(Allocation copy, AllocationPhase phase, Optional<Boolean> healthy) {
        TaskState task =
                new TaskState(
                        phase == AllocationPhase.RUNNING ? TaskPhase.RUNNING : TaskPhase.DEAD,
                        phase == AllocationPhase.FAILED,
                        0,
                        Optional.empty(),
                        Optional.of(stage.now()),
                        Optional.empty(),
                        List.of());
        stage.write(
                copy.withStatus(
                        new AllocationStatus(
                                phase,
                                phase == AllocationPhase.FAILED ? "exit code 1" : "as told",
                                Map.of("server", task),
                                healthy,
                                copy.status().reported() + 1,
                                phase.terminal() ? Optional.of(stage.now()) : Optional.empty())));
    }

    // ---- how it stands

    private List<String> why(String name) {
        return Why.of(new ResourceName("default", name), stage.cluster(), stage.now()).stream()
                .flatMap(why -> why.text().lines())
                .toList();
    }

    private List<String> whatIf(String what, String node) {
        Set<String> nodes = Set.of(node);
        DrainSpec drain = new DrainSpec(Optional.of(stage.now().plus(Duration.ofHours(1))), false);
        WhatIf then =
                what.equals("lose")
                        ? WhatIf.lose(nodes, stage.cluster(), stage.now())
                        : WhatIf.drain(nodes, drain, stage.cluster(), stage.now());
        List<String> lines = new ArrayList<>();
        then.moves()
                .forEach(move ->
                        lines.add(
                                "%d. %s: %s -> %s"
                                                .formatted(
                                                        move.step(),
                                                        move.title(),
                                                        move.from().isEmpty()
                                                                ? "nowhere"
                                                                : move.from(),
                                                        move.to().isEmpty() ? "nowhere" : move.to())
                                        + (move.late() ? " at the deadline" : "")));
        then.without()
                .forEach((job, whys) -> {
                    lines.add(job + " would have no place:");
                    whys.forEach(why -> why.text().lines().forEach(lines::add));
                });
        return lines;
    }

    private List<String> show(String name) {
        Job job = job(name);
        List<String> lines = new ArrayList<>();
        Deployments.of(job, stage.cluster())
                .ifPresent(d ->
                        lines.add(
                                "deployment of version %d: %s: %s"
                                        .formatted(
                                                d.spec().jobVersion(),
                                                Stage.word(d.status().phase()),
                                                d.status().because())));
        job.status().conditions().stream()
                .filter(c -> c.type().equals("Ready"))
                .forEach(c -> lines.add("ready: " + c.status() + ": " + c.message()));
        copies(c -> c.spec().jobName().equals(name) && c.occupies()).stream()
                .map(c ->
                        Stage.title(c)
                                + " "
                                + Stage.word(c.status().phase())
                                + c.status()
                                        .healthy()
                                        .map(h -> h ? ", healthy" : ", ill")
                                        .orElse("")
                                + (c.live() ? "" : ", stops"))
                .sorted()
                .forEach(lines::add);
        return lines;
    }
}
