package dev.drover.manifests.defaults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.manifests.Manifests;
import dev.drover.manifests.Read;
import dev.drover.manifests.Syntax;
import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.model.DelayFunction;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.ReschedulePolicy;
import dev.drover.manifests.model.RestartMode;
import dev.drover.manifests.model.RestartPolicy;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.UpdatePolicy;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DefaultsTest {
    @Test
    void a_job_that_says_nothing_is_a_service_of_priority_50_anywhere() {
        JobSpec spec = applied("");

        assertThat(spec.type()).contains(JobType.SERVICE);
        assertThat(spec.priority()).contains(50);
        assertThat(spec.region()).contains("global");
        assertThat(spec.nodePool()).contains("default");
        assertThat(spec.datacenters()).containsExactly("*");
        assertThat(spec.allAtOnce()).contains(false);
    }

    @ParameterizedTest
    @EnumSource
    void restarts_depend_on_whether_the_job_runs_to_its_end(JobType type) {
        boolean ends = type == JobType.BATCH || type == JobType.SYSBATCH;
        RestartPolicy policy = group(of(type)).restart().orElseThrow();

        assertThat(policy.attempts()).contains(ends ? 3 : 2);
        assertThat(policy.interval())
                .contains(ends ? Duration.ofHours(24) : Duration.ofMinutes(30));
        assertThat(policy.delay()).contains(Duration.ofSeconds(15));
        assertThat(policy.mode()).contains(RestartMode.FAIL);
        assertThat(policy.renderTemplates()).contains(false);
    }

    @Test
    void a_service_is_rescheduled_for_ever() {
        ReschedulePolicy policy = group(of(JobType.SERVICE)).reschedule().orElseThrow();

        assertThat(policy.unlimited()).contains(true);
        assertThat(policy.attempts()).contains(0);
        assertThat(policy.delay()).contains(Duration.ofSeconds(30));
        assertThat(policy.delayFunction()).contains(DelayFunction.EXPONENTIAL);
        assertThat(policy.maxDelay()).contains(Duration.ofHours(1));
    }

    @Test
    void a_batch_is_rescheduled_once_a_day() {
        ReschedulePolicy policy = group(of(JobType.BATCH)).reschedule().orElseThrow();

        assertThat(policy.unlimited()).contains(false);
        assertThat(policy.attempts()).contains(1);
        assertThat(policy.interval()).contains(Duration.ofHours(24));
        assertThat(policy.delay()).contains(Duration.ofSeconds(5));
        assertThat(policy.delayFunction()).contains(DelayFunction.CONSTANT);
        assertThat(policy.maxDelay()).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @EnumSource(names = {"SYSTEM", "SYSBATCH"})
    void what_runs_everywhere_is_not_rescheduled(JobType type) {
        assertThat(group(of(type)).reschedule()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVICE", "SYSTEM"})
    void what_runs_for_ever_is_updated_one_by_one(JobType type) {
        UpdatePolicy policy = group(of(type)).update().orElseThrow();

        assertThat(policy.maxParallel()).contains(1);
        assertThat(policy.healthCheck()).contains("checks");
        assertThat(policy.minHealthyTime()).contains(Duration.ofSeconds(10));
        assertThat(policy.healthyDeadline()).contains(Duration.ofMinutes(5));
        assertThat(policy.progressDeadline()).contains(Duration.ofMinutes(10));
        assertThat(policy.canary()).contains(0);
        assertThat(policy.autoPromote()).contains(false);
        assertThat(policy.autoRevert()).contains(false);
    }

    @ParameterizedTest
    @EnumSource(names = {"BATCH", "SYSBATCH"})
    void what_runs_to_its_end_is_not_updated(JobType type) {
        assertThat(group(of(type)).update()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void only_services_migrate(JobType type) {
        assertThat(group(of(type)).migrate().isPresent()).isEqualTo(type == JobType.SERVICE);
    }

    @Test
    void a_group_takes_from_its_job_what_it_does_not_say_itself() {
        JobSpec spec =
                applied(
                        "update {\n max_parallel = 3\n canary = 1\n}",
                        "update {\n canary = 2\n}",
                        "");
        UpdatePolicy policy = group(spec).update().orElseThrow();

        assertThat(policy.maxParallel()).contains(3);
        assertThat(policy.canary()).contains(2);
        assertThat(policy.minHealthyTime()).contains(Duration.ofSeconds(10));
    }

    @Test
    void a_task_takes_its_restarts_from_its_group_field_by_field() {
        JobSpec spec =
                applied(
                        "",
                        "restart {\n attempts = 7\n delay = \"1s\"\n}",
                        "restart {\n attempts = 1\n}");
        RestartPolicy policy = task(spec).restart().orElseThrow();

        assertThat(policy.attempts()).contains(1);
        assertThat(policy.delay()).contains(Duration.ofSeconds(1));
        assertThat(policy.interval()).contains(Duration.ofMinutes(30));
    }

    @Test
    void a_reschedule_that_counts_its_attempts_is_limited() {
        JobSpec spec = applied("", "reschedule {\n attempts = 3\n interval = \"1h\"\n}", "");

        assertThat(group(spec).reschedule().flatMap(ReschedulePolicy::unlimited)).contains(false);
    }

    @Test
    void the_count_is_one_or_the_least_of_its_scaling() {
        assertThat(group(applied("")).count()).contains(1);
        assertThat(group(applied("", "scaling {\n min = 3\n max = 5\n}", "")).count()).contains(3);
        assertThat(group(applied("", "count = 0", "")).count()).contains(0);
    }

    @Test
    void a_task_gets_100_mhz_300_mib_and_ten_files_of_ten_mib() {
        Task task = task(applied(""));

        assertThat(task.resources().flatMap(r -> r.cpu())).contains(100);
        assertThat(task.resources().flatMap(r -> r.memoryMib())).contains(300);
        assertThat(task.logs().flatMap(l -> l.maxFiles())).contains(10);
        assertThat(task.logs().flatMap(l -> l.maxFileSizeMib())).contains(10);
        assertThat(task.killTimeout()).contains(Duration.ofSeconds(5));
        assertThat(task.leader()).contains(false);
    }

    @Test
    void whole_cores_are_asked_for_instead_of_megahertz() {
        Task task = task(applied("", "", "resources {\n cores = 2\n}"));

        assertThat(task.resources().flatMap(r -> r.cpu())).isEmpty();
    }

    @Test
    void a_group_has_a_disk_of_300_mib_that_does_not_stick() {
        assertThat(group(applied("")).ephemeralDisk().orElseThrow())
                .satisfies(disk -> {
                    assertThat(disk.sizeMib()).contains(300);
                    assertThat(disk.sticky()).contains(false);
                    assertThat(disk.migrate()).contains(false);
                });
    }

    @Test
    void what_is_stated_stays_also_when_it_is_zero() {
        JobSpec spec =
                applied(
                        "all_at_once = false",
                        "restart {\n attempts = 0\n delay = \"0s\"\n}",
                        "kill_timeout = \"0s\"");

        assertThat(group(spec).restart().flatMap(RestartPolicy::attempts)).contains(0);
        assertThat(group(spec).restart().flatMap(RestartPolicy::delay)).contains(Duration.ZERO);
        assertThat(task(spec).killTimeout()).contains(Duration.ZERO);
    }

    @Test
    void applying_them_twice_is_applying_them_once() {
        JobSpec once = applied("");

        assertThat(Defaults.applied(once, Defaults.LEVEL)).isEqualTo(once);
    }

    @Test
    void a_level_that_this_program_does_not_know_is_refused() {
        assertThatThrownBy(() -> Defaults.applied(stated("", "", ""), Defaults.LEVEL + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("level " + (Defaults.LEVEL + 1));
    }

    @Test
    void single_defaults_can_be_asked_for() {
        assertThat(Defaults.of(RestartPolicy.class, "attempts", JobType.BATCH)).contains(3);
        assertThat(Defaults.of(RestartPolicy.class, "nothing", JobType.BATCH)).isEmpty();
    }

    private static JobSpec of(JobType type) {
        return applied("type = \"" + type.name().toLowerCase(Locale.ROOT) + "\"");
    }

    private static JobSpec applied(String job) {
        return applied(job, "", "");
    }

    private static JobSpec applied(String job, String group, String task) {
        return Defaults.applied(stated(job, group, task), Defaults.LEVEL);
    }

    private static JobSpec stated(String job, String group, String task) {
        String text =
                """
                job "a" {
                  %s
                  group "g" {
                    %s
                    task "t" {
                      driver = "fake"
                      %s
                    }
                  }
                }
                """
                        .formatted(job, group, task);
        return switch (Manifests.read(text, "a.hcl", Syntax.HCL, Inputs.none())) {
            case Read.Resources(var manifests, _) -> ((Job) manifests.getFirst().resource()).spec();
            case Read.Problems(var problems, _) ->
                    throw new AssertionError(problems.getFirst().text());
        };
    }

    private static TaskGroup group(JobSpec spec) {
        return spec.groups().getFirst();
    }

    private static Task task(JobSpec spec) {
        return group(spec).tasks().getFirst();
    }
}
