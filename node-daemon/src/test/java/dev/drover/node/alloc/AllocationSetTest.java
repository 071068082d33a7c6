package dev.drover.node.alloc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.AllocationSpec;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Granted;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.manifests.wire.Assignment;
import dev.drover.manifests.wire.ToNode.Desired;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AllocationSetTest {
    private static final AssignedJob JOB = job(1);

    private static AssignedJob job(int version) {
        try {
            return new AssignedJob(
                    "uid", version, "job", "default", RecordJson.read(JobSpec.class, "{}"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Assignment assigned(String id, int version, DesiredState desired) {
        return new Assignment(
                id,
                "default",
                new AllocationSpec(
                        "job",
                        "uid",
                        version,
                        "g",
                        0,
                        0,
                        "node",
                        new Granted(1, 1, 1, List.of()),
                        desired,
                        "",
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        false));
    }

    private static AllocationMemory known(String id) {
        return new AllocationMemory(assigned(id, 1, DesiredState.RUN), JOB);
    }

    private static List<AllocationStep> whole(
            Map<String, AllocationMemory> here, Assignment... wanted) {
        return AllocationSet.steps(
                new Desired(1, true, List.of(JOB), List.of(wanted), List.of()), here, List.of());
    }

    @Test
    void what_is_new_begins() {
        assertThat(whole(Map.of(), assigned("a", 1, DesiredState.RUN)))
                .containsExactly(new AllocationStep.Begin(known("a")));
    }

    @Test
    void what_is_as_it_should_be_is_left_alone() {
        assertThat(whole(Map.of("a", known("a")), assigned("a", 1, DesiredState.RUN))).isEmpty();
    }

    @Test
    void what_is_said_anew_is_taken_in() {
        Assignment stop = assigned("a", 1, DesiredState.STOP);

        assertThat(whole(Map.of("a", known("a")), stop))
                .containsExactly(new AllocationStep.Update(new AllocationMemory(stop, JOB)));
    }

    @Test
    void a_whole_set_removes_what_it_does_not_name() {
        assertThat(
                        whole(
                                Map.of("a", known("a"), "b", known("b")),
                                assigned("a", 1, DesiredState.RUN)))
                .containsExactly(new AllocationStep.Remove("b"));
    }

    @Test
    void a_part_removes_only_what_is_gone() {
        Desired part = new Desired(2, false, List.of(), List.of(), List.of("b", "never-here"));

        assertThat(AllocationSet.steps(part, Map.of("a", known("a"), "b", known("b")), List.of()))
                .containsExactly(new AllocationStep.Remove("b"));
    }

    @Test
    void what_must_stop_and_is_not_here_is_said_to_be_absent() {
        Assignment stop = assigned("a", 1, DesiredState.STOP);

        assertThat(whole(Map.of(), stop)).containsExactly(new AllocationStep.Absent(stop));
    }

    @Test
    void a_job_that_travelled_before_is_known() {
        Desired part =
                new Desired(
                        2,
                        false,
                        List.of(),
                        List.of(assigned("a", 1, DesiredState.RUN)),
                        List.of());

        assertThat(AllocationSet.steps(part, Map.of(), List.of(JOB)))
                .containsExactly(new AllocationStep.Begin(known("a")));
    }

    @Test
    void a_job_that_never_travelled_is_a_puzzle() {
        assertThat(whole(Map.of(), assigned("a", 2, DesiredState.RUN)))
                .singleElement()
                .isInstanceOf(AllocationStep.Puzzle.class);
    }
}
