package dev.drover.reconcilers.counting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.Manifests;
import dev.drover.manifests.Read;
import dev.drover.manifests.Syntax;
import dev.drover.manifests.defaults.Defaults;
import dev.drover.manifests.diff.Differ;
import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskGroup;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a diff says that a change does to a running allocation is what the placer does to it: every
/// field of a job, a group and a task is changed once.
class EffectsAsShownTest {
    /// A change: `X` stands for another value before and after, and a line without it comes.
    private record Change(Class<? extends Record> of, String field, boolean replaces, String hcl) {
        private String before() {
            return hcl.contains("X") ? hcl.replace("X", "1") : "";
        }

        private String after() {
            return hcl.replace("X", "2");
        }
    }

    private static final List<Change> CHANGES =
            List.of(
                    job("name", false, "name = \"nX\""),
                    job("region", false, "region = \"rX\""),
                    job("priority", false, "priority = 4X"),
                    job("allAtOnce", false, "all_at_once = true"),
                    job("datacenters", false, "datacenters = [\"dX\"]"),
                    job("nodePool", false, "node_pool = \"pX\""),
                    job("constraints", false, "constraint {\n attribute = \"${attr.X}\"\n}"),
                    job("affinities", false, "affinity {\n attribute = \"${attr.X}\"\n}"),
                    job("spreads", false, "spread {\n attribute = \"${attr.X}\"\n}"),
                    job("update", false, "update {\n max_parallel = X\n}"),
                    job("periodic", false, "periodic {\n crons = [\"X * * * *\"]\n}"),
                    job("parameterized", false, "parameterized {\n meta_required = [\"X\"]\n}"),
                    job("reschedule", false, "reschedule {\n delay = \"X0s\"\n}"),
                    job("migrate", false, "migrate {\n max_parallel = X\n}"),
                    job("meta", true, "meta {\n a = X\n}"),
                    job("ui", false, "ui {\n description = \"X\"\n}"),
                    job(
                            "multiregion",
                            false,
                            "multiregion {\n strategy {\n max_parallel = X\n}\n}"),
                    group("count", false, "count = X"),
                    group("constraints", false, "constraint {\n attribute = \"${attr.X}\"\n}"),
                    group("affinities", false, "affinity {\n attribute = \"${attr.X}\"\n}"),
                    group("spreads", false, "spread {\n attribute = \"${attr.X}\"\n}"),
                    group("networks", true, "network {\n mode = \"cni/X\"\n}"),
                    group("networks", true, "network {\n hostname = \"hX\"\n}"),
                    group("networks", true, "network {\n dns {\n servers = [\"X\"]\n}\n}"),
                    group("networks", true, "network {\n port \"a\" {\n static = X\n}\n}"),
                    group("networks", true, "network {\n cni {\n args = { a = \"X\" }\n}\n}"),
                    group("networks", false, "network {\n mbits = X\n}"),
                    group("services", false, "service {\n name = \"sX\"\n}"),
                    group("volumes", true, "volume \"v\" {\n type = \"host\"\n source = \"X\"\n}"),
                    group("tasks", true, "task \"tX\" {\n driver = \"exec\"\n}"),
                    group("update", false, "update {\n max_parallel = X\n}"),
                    group("migrate", false, "migrate {\n max_parallel = X\n}"),
                    group("restart", false, "restart {\n attempts = X\n}"),
                    group("restart", true, "restart {\n render_templates = true\n}"),
                    group("reschedule", false, "reschedule {\n delay = \"X0s\"\n}"),
                    group("disconnect", false, "disconnect {\n lost_after = \"Xm\"\n}"),
                    group("ephemeralDisk", true, "ephemeral_disk {\n size = X00\n}"),
                    group("shutdownDelay", false, "shutdown_delay = \"Xs\""),
                    group("maxRunDuration", false, "max_run_duration = \"Xs\""),
                    group("meta", true, "meta {\n a = X\n}"),
                    group("scaling", false, "scaling {\n max = X\n}"),
                    group("consul", true, "consul {\n namespace = \"X\"\n}"),
                    group(
                            "stopAfterClientDisconnect",
                            false,
                            "stop_after_client_disconnect = \"Xs\""),
                    group("maxClientDisconnect", false, "max_client_disconnect = \"Xs\""),
                    group("preventRescheduleOnLost", false, "prevent_reschedule_on_lost = true"),
                    task("driver", true, "driver = \"dX\""),
                    task("user", true, "user = \"uX\""),
                    task("config", true, "config {\n command = \"/X\"\n}"),
                    task("env", true, "env {\n A = \"X\"\n}"),
                    task("resources", true, "resources {\n cpu = X00\n}"),
                    task("resources", true, "resources {\n cores = X\n}"),
                    task("resources", true, "resources {\n memory = X00\n}"),
                    task("resources", true, "resources {\n memory_max = X000\n}"),
                    task("resources", true, "resources {\n secrets = X0\n}"),
                    task("resources", true, "resources {\n device \"gpuX\" {}\n}"),
                    task("resources", true, "resources {\n numa {\n affinity = \"prefer\"\n}\n}"),
                    task("resources", false, "resources {\n disk = X00\n}"),
                    task("resources", false, "resources {\n iops = X00\n}"),
                    task("constraints", false, "constraint {\n attribute = \"${attr.X}\"\n}"),
                    task("affinities", false, "affinity {\n attribute = \"${attr.X}\"\n}"),
                    task("services", false, "service {\n name = \"sX\"\n}"),
                    task("artifacts", true, "artifact {\n source = \"https://example.org/X\"\n}"),
                    task(
                            "templates",
                            true,
                            "template {\n data = \"X\"\n destination = \"local/a\"\n}"),
                    task("volumeMounts", true, "volume_mount {\n volume = \"vX\"\n}"),
                    task("lifecycle", false, "lifecycle {\n hook = \"poststart\"\n}"),
                    task("restart", false, "restart {\n attempts = X\n}"),
                    task("restart", true, "restart {\n render_templates = true\n}"),
                    task("logs", false, "logs {\n max_files = X\n}"),
                    task("logs", false, "logs {\n max_file_size = X\n}"),
                    task("logs", false, "logs {\n enabled = true\n}"),
                    task("logs", true, "logs {\n disabled = true\n}"),
                    task("dispatchPayload", false, "dispatch_payload {\n file = \"X\"\n}"),
                    task("killTimeout", false, "kill_timeout = \"Xs\""),
                    task("killSignal", false, "kill_signal = \"SIGUSRX\""),
                    task("shutdownDelay", false, "shutdown_delay = \"Xs\""),
                    task("leader", false, "leader = true"),
                    task("kind", true, "kind = \"connect-proxy:X\""),
                    task("meta", true, "meta {\n a = X\n}"),
                    task("vault", true, "vault {\n role = \"X\"\n}"),
                    task("consul", true, "consul {\n namespace = \"X\"\n}"),
                    task("identities", true, "identity {\n name = \"iX\"\n}"),
                    task(
                            "secrets",
                            true,
                            "secret \"s\" {\n provider = \"nomad\"\n path = \"X\"\n}"),
                    task("actions", false, "action \"a\" {\n command = \"/X\"\n}"),
                    task("scaling", false, "scaling \"cpu\" {\n max = X\n}"),
                    task("schedule", false, "schedule {\n cron {\n start = \"X * * * *\"\n}\n}"),
                    task("csiPlugin", true, "csi_plugin {\n id = \"X\"\n}"));

    @Test
    void every_field_is_shown_with_what_is_done() {
        List<String> wrong =
                CHANGES.stream()
                        .filter(Predicate.not(EffectsAsShownTest::right))
                        .map(change -> change.of().getSimpleName() + ": " + change.hcl())
                        .toList();

        assertThat(wrong).isEmpty();
    }

    @Test
    void no_field_is_left_out() {
        assertThat(fields(TaskGroup.class)).isEqualTo(known(TaskGroup.class, "name"));
        assertThat(fields(Task.class)).isEqualTo(known(Task.class, "name"));
        assertThat(fields(JobSpec.class)) // never changed by a manifest, or its groups', above
                .isEqualTo(known(JobSpec.class, "type", "stop", "payload", "groups"));
    }

    private static boolean right(Change change) {
        JobSpec before = spec(change, change.before());
        JobSpec after = spec(change, change.after());
        boolean done = Effects.between(before, after, "main") == Effect.REPLACE;
        boolean shown =
                Differ.effectOn("main", Differ.jobs(before, after))
                        == dev.drover.manifests.diff.Effect.REPLACE;
        return !before.equals(after) && done == change.replaces() && shown == done;
    }

    private static Set<String> fields(Class<? extends Record> type) {
        return new TreeSet<>(
                Stream.of(type.getRecordComponents()).map(RecordComponent::getName).toList());
    }

    private static Set<String> known(Class<? extends Record> type, String... others) {
        Set<String> names = new TreeSet<>(List.of(others));
        CHANGES.stream()
                .filter(change -> change.of() == type)
                .map(Change::field)
                .forEach(names::add);
        return names;
    }

    private static Change job(String field, boolean replaces, String hcl) {
        return new Change(JobSpec.class, field, replaces, hcl);
    }

    private static Change group(String field, boolean replaces, String hcl) {
        return new Change(TaskGroup.class, field, replaces, hcl);
    }

    private static Change task(String field, boolean replaces, String hcl) {
        return new Change(Task.class, field, replaces, hcl);
    }

    private static JobSpec spec(Change change, String hcl) {
        String text =
                "job \"web\" {\n%s\ngroup \"main\" {\n%s\ntask \"server\" {\n%s\n%s\n}\n}\n}\n"
                        .formatted(
                                change.of() == JobSpec.class ? hcl : "",
                                change.of() == TaskGroup.class ? hcl : "",
                                change.field().equals("driver") ? "" : "driver = \"exec\"",
                                change.of() == Task.class ? hcl : "");
        return switch (Manifests.read(text, "web.hcl", Syntax.HCL, Inputs.none())) {
            case Read.Resources(var manifests, _) ->
                    Defaults.applied(
                            ((Job) manifests.getFirst().resource()).spec(), Defaults.LEVEL);
            case Read.Problems(var problems, _) ->
                    throw new AssertionError(problems.getFirst().text());
        };
    }
}
